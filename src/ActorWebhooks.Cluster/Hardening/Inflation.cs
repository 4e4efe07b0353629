using System.IO.Compression;
using ActorWebhooks.Hardening;

namespace ActorWebhooks.Cluster.Hardening;

/// <summary>Bounds compressed bytes, a megabyte of which can be a gigabyte, and looks for what the guard of a serializer cannot see in them.</summary>
internal static class Inflation
{
    private const string TooLarge = "It and what it is in are over 16 MiB when they are not compressed.";

    private const int ChunkBytes = 16 * 1024;

    /// <returns>Why the bytes are not to be read, as a sentence; null when they may be.</returns>
    public static string? FaultOf(byte[] compressed, out byte[] inflated)
    {
        inflated = [];
        using var input = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var output = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        for (int read; (read = input.Read(chunk)) > 0;)
        {
            if (!NestedMessages.TryInflate(read))
                return TooLarge;
            output.Write(chunk, 0, read);
        }

        inflated = output.ToArray();
        return ActorPaths.AreShortIn(inflated) ? null : ActorPaths.TooLong;
    }
}
