using ActorWebhooks.Delivery;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Journal.Attempts;

/// <summary>
/// Brings the attempts of a webhook to the journal, many in a row, and lets go of old ones. It never stands in the way of events: a row goes
/// along with one of theirs, or some seconds later when there is none, and attempts for which there is no room are missed and counted. What a
/// crash keeps from being written is lost.
/// </summary>
internal sealed class AttemptRecorder(JournalIds ids, AttemptLogLimits limits, JournalNotice notice, TimeProvider time)
{
    // One that is damaged does not say what lies before it.
    private const int MostAtEnd = 8;

    // A row of this size is closed, and while one is being written as much may gather for the next.
    private const int RowBytes = 1024 * 1024;

    private static readonly TimeSpan GoesAlongAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan GoesAloneAfter = TimeSpan.FromSeconds(10);

    private readonly JournalPatience _patience = new(time);
    private readonly AttemptTrimming _trimming = new(ids, limits, notice, time);

    private AttemptDraft? _draft;
    private TimeSpan _draftedAt;
    private long _missed;

    // What is being written; its number and what stands before it change when another owner's row has come between.
    private AttemptDraft? _closed;
    private JournalRow? _row;
    private bool _isInDoubt;

    // The end of the stream, once it is known.
    private bool _isOpen;
    private long _newest;
    private long _total;

    private Step _step;
    private long _number;

    private enum Step
    {
        Open,
        FindEnd,
        Write,
        Look,
        Trim,
        Delete,
    }

    /// <summary>Whether a later owner has written: this one is not to write any more.</summary>
    public bool IsOutdated { get; private set; }

    /// <summary>From now on nothing waits for company, and what cannot be written at once is given up.</summary>
    public bool IsDraining { get; set; }

    /// <summary>Whether there is nothing left to write.</summary>
    public bool IsIdle => _draft is null && _closed is null;

    /// <summary>How long to wait before <see cref="Next"/> is worth asking; null when an answer is due, or there is nothing to write.</summary>
    public TimeSpan? DueIn
    {
        get
        {
            if (_number != 0 || IsIdle)
                return null;
            var left = _closed is not null ? TimeSpan.Zero : _draftedAt + GoesAloneAfter - time.Now();
            var held = _patience.RetryIn ?? TimeSpan.Zero;
            left = left > held ? left : held;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <param name="events">Of its batch; they are not kept.</param>
    public void Add(Attempt attempt, EventRun events)
    {
        if (IsOutdated)
            return;
        if (_draft is { Bytes: >= RowBytes })
        {
            _missed++;
            return;
        }

        if (_draft is null)
            (_draft, _draftedAt) = (new AttemptDraft((ulong)Random.Shared.NextInt64()), time.Now());
        _draft.Missed += _missed;
        _missed = 0;
        _draft.Add(attempt, events);
    }

    /// <summary>The rows that are not written yet, oldest first.</summary>
    public IEnumerable<JournalRow> Unwritten()
    {
        if (_closed is not null)
            yield return _closed.Encode(0, 0);
        if (_draft is not null)
            yield return _draft.Encode(0, 0);
    }

    /// <param name="epoch">Of this owner.</param>
    /// <param name="isInCompany">Whether another row of the webhook is being written.</param>
    /// <returns>What to ask of the journal; null when there is nothing to ask now.</returns>
    public JournalRequest? Next(long number, long epoch, bool isInCompany)
    {
        if (_number != 0 || IsOutdated)
            return null;
        if (!_patience.TryAsk())
        {
            if (IsDraining)
                GiveUp();
            return null;
        }

        var request = IsToWrite(isInCompany) ? NextWrite(number, epoch) : NextTrim(number);
        if (request is not null)
            _number = number;
        return request;
    }

    public bool IsAsked(long number) => _number != 0 && _number == number;

    /// <param name="epoch">Of this owner.</param>
    public void Answer(JournalAnswer answer, long epoch)
    {
        _number = 0;
        if (answer is JournalFailed failed)
        {
            Fail(failed);
            return;
        }

        _patience.Works();
        switch (_step, answer)
        {
            case (Step.Open, RowsRead read):
                Open(read);
                break;
            case (Step.FindEnd, RowsRead read):
                FindEnd(read);
                break;
            case (Step.Write, RowWritten):
                Written();
                break;
            case (Step.Look, RowsRead read):
                Look(read, epoch);
                break;
            case (Step.Trim, RowsRead read):
                _trimming.Read(read, _total);
                break;
            case (Step.Delete, RowsDeleted):
                _trimming.Deleted();
                break;
        }
    }

    private bool IsToWrite(bool isInCompany)
    {
        if (_closed is not null)
            return true;
        if (_draft is null)
            return false;
        var age = time.Now() - _draftedAt;
        return IsDraining || _draft.Bytes >= RowBytes || age >= GoesAloneAfter || (isInCompany && age >= GoesAlongAfter);
    }

    private JournalRequest NextWrite(long number, long epoch)
    {
        if (!_isOpen)
            return NextOpen(number);
        if (_closed is null)
            (_closed, _draft) = (_draft, null);
        if (_isInDoubt)
        {
            _step = Step.Look;
            return new ReadRows(number, ids.Attempts, _newest + 1, _newest + 1, long.MaxValue);
        }

        _step = Step.Write;
        return new WriteRow(number, ids.Attempts, _newest + 1, _row ??= _closed!.Encode(epoch, _total));
    }

    // The oldest row, and with it the number of the newest; then the newest rows, which tell what all took.
    private ReadRows NextOpen(long number)
    {
        _step = _newest == 0 ? Step.Open : Step.FindEnd;
        return _newest == 0
            ? new ReadRows(number, ids.Attempts, 1, long.MaxValue, 1) { MaxRows = 1 }
            : new ReadRows(number, ids.Attempts, Math.Max(1, _newest - MostAtEnd + 1), _newest, long.MaxValue);
    }

    private void Open(RowsRead read)
    {
        _newest = read.Newest;
        _isOpen = _newest == 0;
        _total = 0;
        _trimming.Begin(read);
    }

    // If none of them can be read, all rows before them seem to take more than all together, and go.
    private void FindEnd(RowsRead read)
    {
        (_isOpen, _total) = (true, 0);
        foreach (var (_, content) in read.Rows)
            _total = (AttemptRow.TryReadHead(content, out var head, out _) ? head.Before : _total) + content.Bytes.Length;
    }

    private JournalRequest? NextTrim(long number)
    {
        if (!_isOpen || IsDraining)
            return null;
        if (_trimming.NextRead(number, _newest, _total) is { } read)
        {
            _step = Step.Trim;
            return read;
        }

        _step = Step.Delete;
        return _trimming.NextDelete(number);
    }

    private void Written()
    {
        _newest++;
        _trimming.Wrote(new AttemptMark(_newest, _closed!.To, _total));
        _total += _row!.Bytes.Length;
        (_closed, _row, _isInDoubt) = (null, null, false);
    }

    private void Look(RowsRead read, long epoch)
    {
        _isInDoubt = false;
        if (read.Rows.Length == 0 && read.Newest <= _newest)
            return;
        if (read.Rows.Length > 0 && read.Rows[0].Content.Bytes.AsSpan().SequenceEqual(_row!.Bytes))
        {
            Written();
            return;
        }

        if (read.Rows.Length > 0 && AttemptRow.TryReadHead(read.Rows[0].Content, out var head, out _) && head.Epoch > epoch)
        {
            IsOutdated = true;
            (_draft, _closed) = (null, null);
        }

        // A former owner was late. What it wrote stays, and this row comes behind it.
        (_row, _newest, _isOpen) = (null, 0, false);
    }

    private void Fail(JournalFailed failed)
    {
        _patience.Failed();
        if (_step == Step.Write)
            _isInDoubt = true;
        if (IsDraining)
            GiveUp();
    }

    private void GiveUp()
    {
        _missed += MissedWith(_closed) + MissedWith(_draft);
        (_draft, _closed, _row) = (null, null, null);
        if (!_isInDoubt)
            return;

        // The row may be there.
        (_isInDoubt, _newest, _isOpen) = (false, 0, false);
    }

    private static long MissedWith(AttemptDraft? draft) => draft is null ? 0 : draft.Missed + draft.Count;
}
