using ActorWebhooks.Connections;

namespace ActorWebhooks.Fuzz.Targets;

/// <summary>What an endpoint answers, whole or in single bytes: the same status, of three digits or none.</summary>
internal static class AnswerHeadTarget
{
    public static FuzzTarget Target { get; } = new(
        "answer-head",
        Bytes.Of("HTTP/1.1 429 x\r\nRetry-After: 30\r\n: x\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200\nX: y\n\n", "\0\0\u0006\u0004", "\r\nHTTP/1.0 503 x\r\n\r\n"),
        Bytes.Of("HTTP/1.1 ", "200", "\r\n", "\n", "Retry-After:", ": ", "100", "999", " "),
        Run);

    private static void Run(byte[] input)
    {
        var (whole, single) = (new AnswerHead(), new AnswerHead());
        whole.Read(input);
        for (var i = 0; i < input.Length; i++)
            single.Read(input.AsSpan(i, 1));
        if (whole.Status is not (0 or (>= 100 and <= 599)))
            throw new InvalidOperationException($"It has the status {whole.Status}.");
        // A line that comes in pieces is cut, and frames of HTTP/2 are known by their first piece.
        if (input.Length < AnswerHead.MaxLine && !whole.IsHttp2 && (whole.Status, whole.RetryAfter) != (single.Status, single.RetryAfter))
            throw new InvalidOperationException($"In pieces it is {single.Status} {single.RetryAfter}, whole {whole.Status} {whole.RetryAfter}.");
    }
}
