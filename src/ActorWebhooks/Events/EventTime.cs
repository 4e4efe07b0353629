using System.Runtime.CompilerServices;

namespace ActorWebhooks.Events;

/// <summary>The time of an event on the wire, <c>2026-11-23T14:55:00.123Z</c>. A format string would take longer than all the rest.</summary>
internal static class EventTime
{
    public const int Length = 24;

    // A zero stands for any digit.
    private static ReadOnlySpan<byte> Form => "0000-00-00T00:00:00.000Z"u8;

    /// <param name="utc">What is below a millisecond is cut off.</param>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    public static void Write(DateTime utc, Span<byte> destination)
    {
        Form.CopyTo(destination);
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
        for (var i = 0; i < Length; i++)
        {
            var expected = Form[i];
            if (expected == (byte)'0' ? !char.IsAsciiDigit((char)encoded[i]) : encoded[i] != expected)
                return false;
        }

        var (year, month, day) = ((Two(encoded) * 100) + Two(encoded[2..]), Two(encoded[5..]), Two(encoded[8..]));
        var (hour, minute, second) = (Two(encoded[11..]), Two(encoded[14..]), Two(encoded[17..]));
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return false;
        utc = new DateTime(year, month, day, hour, minute, second, ((encoded[20] - '0') * 100) + Two(encoded[21..]), DateTimeKind.Utc);
        return true;
    }

    private static int Two(ReadOnlySpan<byte> digits) => ((digits[0] - '0') * 10) + digits[1] - '0';

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteTwo(int number, Span<byte> destination)
    {
        destination[1] = (byte)('0' + (number % 10));
        destination[0] = (byte)('0' + (number / 10));
    }
}
