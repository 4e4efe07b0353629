using System.Security.Cryptography;

namespace ActorWebhooks.Events;

/// <summary>
/// Random bytes of cryptographic quality, fetched in advance for each thread: a call of the operating system for every event would be a
/// third of what it costs to make one.
/// </summary>
internal static class RandomBytes
{
    private const int Stock = 1024;

    [ThreadStatic]
    private static byte[]? _bytes;

    [ThreadStatic]
    private static int _left;

    /// <param name="destination">At most 1,024 bytes.</param>
    public static void Fill(Span<byte> destination)
    {
        var bytes = _bytes ??= new byte[Stock];
        if (_left < destination.Length)
        {
            RandomNumberGenerator.Fill(bytes);
            _left = Stock;
        }

        _left -= destination.Length;
        var taken = bytes.AsSpan(_left, destination.Length);
        taken.CopyTo(destination);
        taken.Clear();
    }
}
