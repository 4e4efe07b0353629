using System.IO.Compression;

namespace ActorWebhooks.Cluster.Hardening;

/// <summary>Bounds what becomes of compressed bytes: a megabyte of them can be a gigabyte.</summary>
internal static class Inflation
{
    public const string TooLarge = "It is compressed, and over 16 MiB or not to be read when it is not.";

    // What a frame of 1 MiB holds in good faith is some five times as large.
    private const int Most = 16 * 1024 * 1024;

    private const int ChunkBytes = 16 * 1024;

    public static bool TryInflate(byte[] compressed, out byte[] inflated)
    {
        inflated = [];
        using var input = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var output = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        for (int read; (read = input.Read(chunk)) > 0;)
        {
            if (output.Length + read > Most)
                return false;
            output.Write(chunk, 0, read);
        }

        inflated = output.ToArray();
        return true;
    }
}
