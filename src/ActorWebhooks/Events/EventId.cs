using System.Buffers;

namespace ActorWebhooks.Events;

/// <summary>The rule for event ids, and the making of new ones.</summary>
internal static class EventId
{
    public const int MaxLength = 128;

    public const string Rule =
        "an event id is 1 to 128 visible ASCII characters without quotation mark and backslash, such as a UUID";

    // Nothing that JSON would escape, so that an id is written to the wire as it is.
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "!#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    public static bool IsValid(ReadOnlySpan<char> id) =>
        id.Length is > 0 and <= MaxLength && !id.ContainsAnyExcept(Allowed);

    /// <summary>A UUID version 7 (RFC 9562): it sorts by the time at which it was made.</summary>
    public static string New(DateTimeOffset createdAt)
    {
        // The format counts from 1970; an earlier fact is no reason to refuse the event.
        var time = createdAt < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : createdAt;
        return Guid.CreateVersion7(time).ToString();
    }
}
