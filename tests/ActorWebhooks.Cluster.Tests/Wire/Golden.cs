namespace ActorWebhooks.Cluster.Tests.Wire;

/// <summary>The bytes of messages as they were when the format was made.</summary>
internal static class Golden
{
    public static byte[] Bytes(string name) => Convert.FromHexString(Text(name));

    public static string Text(string name)
    {
        using var stream = typeof(Golden).Assembly.GetManifestResourceStream($"wire-{name}.hex")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("");
    }
}
