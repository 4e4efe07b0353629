using System.Globalization;
using System.Runtime.CompilerServices;

namespace ActorWebhooks.Events;

/// <summary>The time of an event on the wire, <c>2026-11-23T14:55:00.123Z</c>. A format string would take longer than all the rest.</summary>
internal static class EventTime
{
    public const int Length = 24;

    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <param name="utc">What is below a millisecond is cut off.</param>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    public static void Write(DateTime utc, Span<byte> destination)
    {
        "0000-00-00T00:00:00.000Z"u8.CopyTo(destination);
        var (year, month, day) = DateOnly.FromDateTime(utc);
        WriteTwo(year / 100, destination);
        WriteTwo(year % 100, destination[2..]);
        WriteTwo(month, destination[5..]);
        WriteTwo(day, destination[8..]);
        WriteTwo(utc.Hour, destination[11..]);
        WriteTwo(utc.Minute, destination[14..]);
        WriteTwo(utc.Second, destination[17..]);
        var millisecond = utc.Millisecond;
        destination[20] = (byte)('0' + (millisecond / 100));
        WriteTwo(millisecond % 100, destination[21..]);
    }

    /// <param name="encoded">What begins with a time that was written here.</param>
    public static DateTime Read(ReadOnlySpan<byte> encoded) =>
        TryRead(encoded, out var utc) ? utc : throw new FormatException("An event has no time where it should stand.");

    /// <param name="encoded">What may begin with a time.</param>
    public static bool TryRead(ReadOnlySpan<byte> encoded, out DateTime utc)
    {
        utc = default;
        if (encoded.Length < Length)
            return false;
        Span<char> text = stackalloc char[Length];
        for (var i = 0; i < Length; i++)
            text[i] = (char)encoded[i];
        return DateTime.TryParseExact(
            text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out utc);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteTwo(int number, Span<byte> destination)
    {
        destination[1] = (byte)('0' + (number % 10));
        destination[0] = (byte)('0' + (number / 10));
    }
}
