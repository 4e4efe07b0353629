using System.Buffers;

namespace ActorWebhooks.Events;

/// <summary>The rule for event type names: dotted, `A-Z a-z 0-9 _ - .`, at most 128 characters, no empty segment.</summary>
internal static class EventType
{
    public const int MaxLength = 128;

    public const string Rule =
        "an event type is 1 to 128 characters of A-Z a-z 0-9 _ - and dots, with no empty segment, such as 'auth.success'";

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    // Types are few, and as a rule constants, so the same object comes again and again.
    [ThreadStatic]
    private static string? _lastValid;

    public static bool IsKnownOrValid(string type)
    {
        if (ReferenceEquals(type, _lastValid))
            return true;
        if (!IsValid(type))
            return false;
        _lastValid = type;
        return true;
    }

    public static bool IsValid(ReadOnlySpan<char> type) =>
        type.Length is > 0 and <= MaxLength
        && type[0] != '.'
        && type[^1] != '.'
        && HasOnlyAllowedCharacters(type)
        && !type.Contains("..", StringComparison.Ordinal);

    /// <summary>Whether every character may stand in an event type, wherever it stands.</summary>
    public static bool HasOnlyAllowedCharacters(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Allowed);
}
