using System.Text;

namespace ActorWebhooks.Fuzz.Targets;

/// <summary>Inputs that are texts.</summary>
internal static class Bytes
{
    public static byte[][] Of(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}
