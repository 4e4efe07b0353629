using ActorWebhooks.Journal.Requests;

namespace ActorWebhooks.Journal.Attempts;

/// <summary>
/// Finds the rows of attempts that are to go, by halves, as only a row itself says how old it is and what lies before it: some fifteen rows are
/// read before thousands are deleted at once.
/// </summary>
internal sealed class AttemptTrimming(JournalIds ids, AttemptLogLimits limits, JournalNotice notice, TimeProvider time)
{
    private AttemptMark? _oldest;

    // Up to the first the rows go, and from the second on they stay, as far as it is known. Both are 0 while none are looked for.
    private long _goes;
    private long _stays;
    private bool _isFindingOldest;

    /// <param name="first">What was found of the first row of the stream.</param>
    public void Begin(RowsRead first)
    {
        (_goes, _stays, _isFindingOldest) = (0, 0, false);
        FindOldest(first);
    }

    public void Wrote(AttemptMark row) => _oldest ??= row;

    /// <param name="newest">The newest row; it stays.</param>
    /// <param name="total">What all rows took that were ever written.</param>
    public ReadRows? NextRead(long number, long newest, long total)
    {
        if (_isFindingOldest)
            return First(number, _goes + 1, newest);
        if (_goes == 0)
        {
            if (_oldest is not { } oldest || !AttemptRetention.IsDue(oldest, newest, total, limits, Now()))
                return null;
            (_goes, _stays) = (oldest.Row, newest);
        }

        return _goes + 1 == _stays ? null : First(number, Middle(), _stays - 1);
    }

    /// <summary>What to delete, if nothing is to be read.</summary>
    public DeleteRows? NextDelete(long number) => _goes == 0 ? null : new DeleteRows(number, ids.Attempts, _goes);

    public void Read(RowsRead answer, long total)
    {
        if (_isFindingOldest)
        {
            (_goes, _stays, _isFindingOldest) = (0, 0, false);
            FindOldest(answer);
            return;
        }

        // One that cannot be read stays until it is the oldest, as nobody can say that those before it are to go.
        var isToGo = answer.Rows.Length > 0
            && AttemptRow.TryReadHead(answer.Rows[0].Content, out var head, out _)
            && AttemptRetention.IsToGo(AttemptMark.Of(answer.Rows[0].Row, head), total, limits, Now());
        if (isToGo)
            _goes = answer.Rows[0].Row;
        else
            _stays = Middle();
    }

    public void Deleted() => _isFindingOldest = true;

    private ReadRows First(long number, long from, long to) => new(number, ids.Attempts, from, to, 1) { MaxRows = 1 };

    private long Middle() => _goes + ((_stays - _goes) / 2);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private void FindOldest(RowsRead first)
    {
        _oldest = null;
        if (first.Rows.Length == 0)
            return;
        var (row, content) = first.Rows[0];
        if (AttemptRow.TryReadHead(content, out var head, out var fault))
        {
            _oldest = AttemptMark.Of(row, head);
            return;
        }

        _oldest = AttemptMark.OfDamaged(row);
        notice.Damaged(ids.WebhookId, $"{ids.Attempts} {row}", fault, "its attempts are forgotten");
    }
}
