namespace ActorWebhooks.Hardening;

/// <summary>
/// Counts the messages in one another that a thread is reading. Each costs stack and a copy of all that is in it: a megabyte of them would take
/// all memory, or end the process.
/// </summary>
internal static class NestedMessages
{
    /// <summary>Why nothing is made of a message.</summary>
    public const string TooDeep = "It is in more messages than eight.";

    // Senders of good faith have two or three.
    private const int Most = 8;

    // What a frame of 1 MiB holds in good faith is some five times as large when it is not compressed.
    private const int MostInflated = 16 * 1024 * 1024;

    [ThreadStatic]
    private static int _depth;

    [ThreadStatic]
    private static int _inflated;

    /// <returns>False when there are too many, and nothing is to be made of this one; else <see cref="Leave"/> is to be called.</returns>
    public static bool TryEnter()
    {
        if (_depth == Most)
            return false;
        if (_depth++ == 0)
            _inflated = 0;
        return true;
    }

    public static void Leave() => _depth--;

    /// <summary>Counts bytes that were compressed, in all messages that are in one.</summary>
    /// <returns>False when there are too many.</returns>
    public static bool TryInflate(int bytes) => (_inflated += bytes) <= MostInflated;
}
