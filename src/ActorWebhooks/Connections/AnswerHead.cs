using System.Globalization;
using System.Text;

namespace ActorWebhooks.Connections;

/// <summary>
/// Reads of an answer what decides about its batch: the status, and how long the endpoint wants to be left alone. It forgives whatever else
/// stands in the head. Bytes come in pieces of any size, and little of them is kept.
/// </summary>
internal sealed class AnswerHead
{
    /// <summary>The longest line that is looked at whole; of longer ones the rest is skipped.</summary>
    public const int MaxLine = 256;

    private const int MaxHead = 256 * 1024;
    private const int MaxEmptyLines = 4;

    // The longest of several waits counts, so all of them are kept up to this length.
    private const int MaxRetryAfter = 1_000;

    // The first four bytes of a frame: its length, and its type.
    private const int Http2Type = 3;
    private const byte Http2Settings = 4;
    private const byte Http2GoAway = 7;

    private byte[]? _line;
    private int _length;
    private int _seen;
    private int _emptyLines;
    private bool _isInterim;
    private bool _isLineRead;

    /// <summary>The final status; zero as long as its line has not come whole.</summary>
    public int Status { get; private set; }

    /// <summary>As the endpoint has written it; only kept with a status that makes it count.</summary>
    public string? RetryAfter { get; private set; }

    /// <summary>Whether the endpoint answers with frames of HTTP/2.</summary>
    public bool IsHttp2 { get; private set; }

    /// <summary>Whether nothing that follows matters.</summary>
    public bool IsRead { get; private set; }

    /// <summary>Another answer begins.</summary>
    public void Reset()
    {
        (_length, _seen, _emptyLines, _isInterim, _isLineRead) = (0, 0, 0, false, false);
        (Status, RetryAfter, IsHttp2, IsRead) = (0, null, false, false);
    }

    public void Read(ReadOnlySpan<byte> bytes)
    {
        if (_seen == 0 && bytes.Length > Http2Type && bytes[0] == 0 && bytes[Http2Type] is (Http2Settings or Http2GoAway))
            IsHttp2 = IsRead = true;
        while (!IsRead && bytes.Length > 0)
        {
            var end = bytes.IndexOf((byte)'\n');
            var part = end < 0 ? bytes : bytes[..end];
            _seen += part.Length + 1;
            if (end < 0 || _length > 0)
                Keep(part);
            if (end >= 0 || _length == MaxLine)
                OnLine((_length > 0 ? _line.AsSpan(0, _length) : part).TrimEnd((byte)'\r'));
            if (end >= 0)
                (_length, _isLineRead) = (0, false);

            IsRead |= _seen > MaxHead;
            bytes = bytes[Math.Min(part.Length + 1, bytes.Length)..];
        }
    }

    /// <summary>Nothing more comes.</summary>
    public void End()
    {
        if (!IsRead && _length > 0)
            OnLine(_line.AsSpan(0, _length).TrimEnd((byte)'\r'));
        IsRead = true;
    }

    private void Keep(ReadOnlySpan<byte> part)
    {
        _line ??= new byte[MaxLine];
        part = part[..Math.Min(part.Length, MaxLine - _length)];
        part.CopyTo(_line.AsSpan(_length));
        _length += part.Length;
    }

    // Of a long line the beginning decides, as its end may never come.
    private void OnLine(ReadOnlySpan<byte> line)
    {
        if (_isLineRead)
            return;
        _isLineRead = true;
        if (_isInterim)
            _isInterim = line.Length > 0;
        else if (Status != 0)
            OnHeader(line);
        else if (line.Length == 0)
            IsRead = ++_emptyLines > MaxEmptyLines;
        else
            OnStatus(StatusOf(line));
    }

    private void OnStatus(int status)
    {
        // Interim answers announce another; 101 ends the talk in HTTP.
        _isInterim = status is >= 100 and <= 199 and not 101;
        if (_isInterim)
            return;
        Status = status;
        // Zero for what is no status line: nothing behind it is to be trusted.
        IsRead = status is not (429 or 503);
    }

    private void OnHeader(ReadOnlySpan<byte> line)
    {
        IsRead = line.Length == 0;
        var colon = line.IndexOf((byte)':');
        if (colon < 0 || !Ascii.EqualsIgnoreCase(line[..colon].Trim((byte)' '), "retry-after"u8))
            return;
        var value = Encoding.Latin1.GetString(line[(colon + 1)..].Trim((byte)' '));
        if (RetryAfter is null)
            RetryAfter = value;
        else if (RetryAfter.Length < MaxRetryAfter - MaxLine)
            RetryAfter = $"{RetryAfter}, {value}";
    }

    /// <returns>Zero when it is no status line.</returns>
    private static int StatusOf(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("HTTP/"u8))
            return 0;
        var space = line.IndexOf((byte)' ');
        if (space < 0)
            return 0;
        var rest = line[space..].TrimStart((byte)' ');
        var isWhole = rest.Length == 3 || (rest.Length > 3 && rest[3] == ' ');
        return isWhole && int.TryParse(rest[..3], NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 100 and <= 599
            ? status
            : 0;
    }
}
