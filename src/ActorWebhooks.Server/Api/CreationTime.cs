using System.Text;
using System.Text.Json;

namespace ActorWebhooks.Server.Api;

/// <summary>Times as senders write them: ISO 8601 with an offset, in the forms that RFC 3339 and the common libraries have.</summary>
internal static class CreationTime
{
    public const string Rule = "createdAt must be ISO 8601 with an offset, such as '2026-11-23T14:55:00.123Z' or '2026-11-23T15:55:00+0100'";

    private const int DateLength = 10;

    // More than anybody writes, and few enough for the stack.
    private const int MaxLength = 64;

    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length is <= DateLength or > MaxLength || !Ascii.IsValid(text) || text.AsSpan().ContainsAny('"', '\\'))
            return false;
        var (date, clock, offset) = (text[..DateLength], text[(DateLength + 1)..], "");
        if (text[DateLength] is not ('T' or 't' or ' '))
            return false;
        var sign = clock.AsSpan().LastIndexOfAny('+', '-');
        if (clock.EndsWith('Z') || clock.EndsWith('z'))
            (clock, offset) = (clock[..^1], "Z");
        else if (sign < 0 || Extended(clock.AsSpan(sign)) is not { } extended)
            return false;
        else
            (clock, offset) = (clock[..sign], extended);
        return TryRead($"\"{date}T{clock.Replace(',', '.')}{offset}\"", out time);
    }

    /// <summary><c>+hh:mm</c> of that, of <c>+hhmm</c> or of <c>+hh</c>.</summary>
    private static string? Extended(ReadOnlySpan<char> offset) => offset.Length switch
    {
        3 => $"{offset}:00",
        5 => $"{offset[..3]}:{offset[3..]}",
        6 when offset[3] == ':' => offset.ToString(),
        _ => null,
    };

    // The JSON reader checks every digit.
    private static bool TryRead(string json, out DateTimeOffset time)
    {
        Span<byte> utf8 = stackalloc byte[MaxLength + 8];
        var reader = new Utf8JsonReader(utf8[..Encoding.ASCII.GetBytes(json, utf8)]);
        time = default;
        return reader.Read() && reader.TryGetDateTimeOffset(out time);
    }
}
