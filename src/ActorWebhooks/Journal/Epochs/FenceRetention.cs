using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;

namespace ActorWebhooks.Journal.Epochs;

/// <summary>
/// Deletes the claims of former owners, and the fences that they left, once they are older than any process that hangs can be. Some each
/// time that a webhook is taken over, so that they do not become more and more.
/// </summary>
internal sealed class FenceRetention(JournalIds ids, Standing standing, TimeProvider time)
{
    /// <summary>A former owner that hung for longer than this is not fenced off any more.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    private const int MostClaims = 32;

    private readonly Queue<DeleteRows> _deletes = new();
    private bool _isDone;
    private long _number;
    private long _epoch;

    /// <summary>The claim of <paramref name="epoch"/> holds: what is older may be deleted.</summary>
    public void Begin(long epoch)
    {
        (_epoch, _isDone, _number) = (epoch, false, 0);
        _deletes.Clear();
    }

    public bool IsAsked(long number) => _number != 0 && _number == number;

    public ReadRows? NextRead(long number)
    {
        if (_isDone || _number != 0 || _epoch <= 1)
            return null;
        _number = number;
        return new ReadRows(number, ids.Claims, 1, _epoch - 1, long.MaxValue) { MaxRows = MostClaims };
    }

    public DeleteRows? NextDelete(long number)
    {
        if (_number != 0 || !_deletes.TryPeek(out var delete))
            return null;
        _number = number;
        return delete with { Number = number };
    }

    public void Read(RowsRead answer)
    {
        (_number, _isDone) = (0, true);
        var old = (time.GetUtcNow() - KeptFor).ToUnixTimeMilliseconds();
        var claim = 0L;
        foreach (var (epoch, row) in answer.Rows)
        {
            // What cannot be read does not say when it was written. Its fences stay.
            if (!RowDecoder.TryReadHead(row, out var head, out _))
                continue;
            if (head.At > old || IsInUse(epoch - 1))
                break;
            _deletes.Enqueue(new DeleteRows(0, ids.Of(JournalStream.Outbox, epoch - 1), head.State.NewestRow + 1));
            _deletes.Enqueue(new DeleteRows(0, ids.Of(JournalStream.DeadLetters, epoch - 1), head.State.NewestDeadRow + 1));
            claim = epoch;
        }

        if (claim > 0)
            _deletes.Enqueue(new DeleteRows(0, ids.Claims, claim));
    }

    public void Deleted()
    {
        _number = 0;
        _deletes.Dequeue();
    }

    public void Failed() => _number = 0;

    private bool IsInUse(long epoch) => standing.Segments.Has(epoch) || standing.DeadSegments.Has(epoch);
}
