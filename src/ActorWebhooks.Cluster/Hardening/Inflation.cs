using System.IO.Compression;
using ActorWebhooks.Hardening;

namespace ActorWebhooks.Cluster.Hardening;

/// <summary>Bounds what becomes of compressed bytes: a megabyte of them can be a gigabyte.</summary>
internal static class Inflation
{
    public const string TooLarge = "It and what it is in are over 16 MiB when they are not compressed.";

    private const int ChunkBytes = 16 * 1024;

    public static bool TryInflate(byte[] compressed, out byte[] inflated)
    {
        inflated = [];
        using var input = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var output = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        for (int read; (read = input.Read(chunk)) > 0;)
        {
            if (!NestedMessages.TryInflate(read))
                return false;
            output.Write(chunk, 0, read);
        }

        inflated = output.ToArray();
        return true;
    }
}
