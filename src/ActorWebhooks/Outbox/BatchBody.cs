namespace ActorWebhooks.Outbox;

/// <summary>
/// The body of a request, <c>{"events":[…]}</c>, in pieces: the events are sent from the pages that they are in, without another copy. A
/// request that was cancelled may still be reading when its events have left the outbox, so each reader holds the pages.
/// </summary>
internal sealed class BatchBody
{
    /// <summary>What a body takes around its events.</summary>
    public const int FrameLength = 13;

    /// <summary>What stands between two events.</summary>
    public const int SeparatorLength = 1;

    private static readonly ReadOnlyMemory<byte> Head = "{\"events\":["u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Separator = ","u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Tail = "]}"u8.ToArray();

    private readonly EventPage[] _pages;
    private readonly ReadOnlyMemory<byte>[] _pieces;

    public BatchBody(EventRun events)
    {
        var slices = events.Slices;
        _pages = new EventPage[slices.Length];
        _pieces = new ReadOnlyMemory<byte>[(2 * slices.Length) + 1];
        for (var i = 0; i < slices.Length; i++)
        {
            _pages[i] = slices[i].Page;
            _pieces[2 * i] = i == 0 ? Head : Separator;
            _pieces[(2 * i) + 1] = slices[i].Bytes;
        }

        _pieces[^1] = Tail;
        foreach (var piece in _pieces)
            Length += piece.Length;
    }

    public int Length { get; }

    /// <summary>Of the request that has this event alone: what receivers have a limit for.</summary>
    public static int LengthWithOnly(WebhookEvent e) => FrameLength + e.Encoded.Length;

    /// <summary>To be read only while the pages are held.</summary>
    public ReadOnlySpan<ReadOnlyMemory<byte>> Pieces => _pieces;

    /// <exception cref="ObjectDisposedException">The events have left the outbox, and nobody else reads.</exception>
    public void Retain()
    {
        var retained = 0;
        try
        {
            for (; retained < _pages.Length; retained++)
                _pages[retained].Retain();
        }
        catch (ObjectDisposedException)
        {
            Release(retained);
            throw;
        }
    }

    public void Release() => Release(_pages.Length);

    public async ValueTask WriteToAsync(Stream stream, CancellationToken cancellationToken)
    {
        foreach (var piece in _pieces)
            await stream.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
    }

    private void Release(int pages)
    {
        foreach (var page in _pages.AsSpan(0, pages))
            page.Release();
    }
}
