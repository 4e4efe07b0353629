using System.Security.Cryptography;

namespace ActorWebhooks.Fuzz;

/// <summary>An input that broke a promise.</summary>
internal sealed record Finding(FuzzTarget Target, byte[] Input, string Fault)
{
    public string FileName => $"{Convert.ToHexStringLower(SHA256.HashData(Input))[..16]}.bin";

    /// <summary>Keeps the input for the next runs, under <c>findings</c> of the folder.</summary>
    /// <returns>Where.</returns>
    public string Save(string folder)
    {
        var path = Path.Combine(folder, "findings", Target.Name, FileName);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Input);
        return path;
    }
}
