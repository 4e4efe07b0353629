namespace ActorWebhooks.Connections;

/// <summary>The requests that are under way on a connection in HTTP/2, counted from the frames that pass in both directions.</summary>
internal sealed class Http2Streams
{
    private const int PrefaceLength = 24;

    private readonly HashSet<int> _open = [];
    private readonly Http2FrameReader _sent = new(PrefaceLength);
    private readonly Http2FrameReader _received = new(preface: 0);
    private int _ending;

    public int Open => _open.Count;

    public void Sent(ReadOnlySpan<byte> bytes)
    {
        while (_sent.TryRead(ref bytes, out var frame))
        {
            if (frame.Type == Http2Frame.Headers)
                _open.Add(frame.StreamId);
            else if (frame.Type == Http2Frame.ResetStream)
                _open.Remove(frame.StreamId);
        }
    }

    /// <summary>A request is over when its answer is whole: what is still unsent of it does not matter then.</summary>
    public void Received(ReadOnlySpan<byte> bytes)
    {
        while (_received.TryRead(ref bytes, out var frame))
        {
            // The headers of an answer without a body may go on in further frames.
            if (frame.EndsStream && frame.Type == Http2Frame.Headers && !frame.EndsHeaders)
                _ending = frame.StreamId;
            else if (frame.EndsStream || frame.Type == Http2Frame.ResetStream || (frame.EndsHeaders && frame.StreamId == _ending))
                _open.Remove(frame.StreamId);
        }
    }
}
