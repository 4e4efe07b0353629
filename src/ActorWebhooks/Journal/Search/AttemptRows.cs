using ActorWebhooks.Delivery;
using ActorWebhooks.Journal.Attempts;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Lookup;

namespace ActorWebhooks.Journal.Search;

/// <summary>Looks through the log of attempts for an event, newest rows first, as much at a time as some megabytes hold.</summary>
/// <param name="eventId">The UTF-8 bytes of its id.</param>
/// <param name="known">Attempts that have no row yet, or may have one.</param>
/// <param name="since">Milliseconds since 1970: what is older is not shown.</param>
internal sealed class AttemptRows(string persistenceId, byte[] eventId, IEnumerable<Attempt> known, long since)
{
    private const long BytesAtOnce = 4 * 1024 * 1024;
    private const int FewRows = 8;
    private const int MostRows = 512;

    private readonly List<Attempt> _found = [.. known];
    private readonly List<Attempt> _ofWindow = [];
    private long _oldest;

    // What is to be read next; the window begins where all before it is still to be read.
    private long _next;
    private long _first;
    private long _last;
    private int _rows = FewRows;
    private bool _isBeforeSince;

    /// <summary>Whether there is nothing left to read.</summary>
    public bool IsDone { get; private set; }

    /// <summary>The type of the event; null as long as it is not known.</summary>
    public string? EventType { get; private set; }

    /// <summary>The latest, oldest first.</summary>
    public IReadOnlyList<Attempt> Found => _found;

    /// <summary>How many there were before them.</summary>
    public int More { get; private set; }

    /// <summary>When the oldest attempt ended that is kept, whether it had the event or not, in milliseconds since 1970; null when none is kept.</summary>
    public long? KeptSince { get; private set; }

    public int DamagedRows { get; private set; }

    /// <summary>Attempts that were not kept, of the time that was looked through.</summary>
    public long Missed { get; private set; }

    // The oldest row tells the number of the newest.
    public ReadRows Next(long number) => _oldest == 0
        ? new ReadRows(number, persistenceId, 1, long.MaxValue, 1) { MaxRows = 1 }
        : new ReadRows(number, persistenceId, _next, _last, BytesAtOnce);

    public void Read(RowsRead answer)
    {
        if (_oldest == 0)
        {
            Begin(answer);
            return;
        }

        var bytes = 0L;
        foreach (var (_, content) in answer.Rows)
        {
            bytes += content.Bytes.Length;
            Look(content);
        }

        if (answer.Rows.Length > 0)
            _rows = (int)Math.Clamp(BytesAtOnce / Math.Max(1, bytes / answer.Rows.Length), 1, MostRows);
        if (answer.ReadTo < _last)
        {
            _next = answer.ReadTo + 1;
            return;
        }

        Keep();
        GoOnBefore(_first);
    }

    private void Begin(RowsRead answer)
    {
        if (answer.Rows.Length == 0)
        {
            IsDone = true;
            return;
        }

        _oldest = answer.Rows[0].Row;
        if (AttemptRow.TryReadHead(answer.Rows[0].Content, out var head, out _))
            KeptSince = Math.Max(head.From, since);
        GoOnBefore(answer.Newest + 1);
    }

    private void GoOnBefore(long row)
    {
        IsDone |= row <= _oldest || _isBeforeSince;
        (_first, _last) = (Math.Max(_oldest, row - _rows), row - 1);
        _next = _first;
    }

    private void Look(Rows.JournalRow content)
    {
        string? type = null;
        if (!AttemptRow.TryReadHead(content, out var head, out _)
            || (head.To >= since && !AttemptRow.TryFind(content, head, eventId, _ofWindow, out type, out _)))
        {
            DamagedRows++;
            return;
        }

        KeptSince ??= Math.Max(head.From, since);

        // Rows before it are older still.
        if (head.To < since)
            _isBeforeSince = true;
        else
            Missed += head.Missed;
        EventType ??= type;
    }

    private void Keep()
    {
        _ofWindow.RemoveAll(attempt => attempt.At.ToUnixTimeMilliseconds() < since || IsKnown(attempt));
        _found.InsertRange(0, _ofWindow);
        _ofWindow.Clear();
        var tooMany = Math.Max(0, _found.Count - EventFindings.MaxAttempts);
        _found.RemoveRange(0, tooMany);
        More += tooMany;
    }

    // A row that was being written may be there by now.
    private bool IsKnown(Attempt attempt) => _found.Exists(known => known.At == attempt.At && known.BatchId == attempt.BatchId);
}
