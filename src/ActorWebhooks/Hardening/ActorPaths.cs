using System.Text;

namespace ActorWebhooks.Hardening;

/// <summary>
/// Bounds the paths of actors that others name. Akka follows one by calling itself for each part, so a long one overflows the stack, which ends the
/// process; and it keeps the last thousand on each thread.
/// </summary>
internal static class ActorPaths
{
    /// <summary>Why nothing is made of a message, as a sentence.</summary>
    public const string TooLong = "The path of an actor in it has more than 64 parts or 2,000 bytes.";

    private const int MostParts = 64;
    private const int LongestPath = 2_000;

    // No message of Akka is deeper in itself, and what is in another one is looked at when it is read.
    private const int Deepest = 16;

    private const string Scheme = "akka";

    // A character of the scheme has up to three bytes, and Akka turns each into lower case.
    private const int SchemeBytes = 3 * 4;

    public static bool IsShort(ReadOnlySpan<byte> path) => path.Length <= LongestPath && path.Count((byte)'/') <= MostParts;

    /// <summary>Whether all paths in a Protobuf message are short, as deep in it as Akka has them.</summary>
    public static bool AreShortIn(ReadOnlySpan<byte> message) => AreShortIn(message, Deepest);

    private static bool AreShortIn(ReadOnlySpan<byte> message, int depth)
    {
        var fields = new ProtobufFields(message);
        while (fields.MoveNext())
        {
            // What is shorter holds none that is too long.
            if (fields.Content.Length <= MostParts)
                continue;
            if (IsPath(fields.Content) && !IsShort(fields.Content))
                return false;
            if (depth > 0 && !AreShortIn(fields.Content, depth - 1))
                return false;
        }

        return true;
    }

    private static bool IsPath(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || (text[0] | 0x20) != 'a')
            return false;
        Span<char> beginning = stackalloc char[SchemeBytes];
        var length = Encoding.UTF8.GetChars(text[..Math.Min(SchemeBytes, text.Length)], beginning);
        beginning = beginning[..length];
        for (var i = 0; i < beginning.Length; i++)
            beginning[i] = char.ToLowerInvariant(beginning[i]);
        return beginning.StartsWith(Scheme, StringComparison.Ordinal);
    }
}
