using System.Text;
using ActorWebhooks.Delivery;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Lookup;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Journal.Search;

/// <summary>
/// Looks for an event in what a webhook has in the journal, without actor or database: the attempts, the dead letters, and last the events that
/// are not in memory, as far as the time allows. It says what it did not come to.
/// </summary>
/// <param name="inMemory">What was found there.</param>
internal sealed class EventSearch(SearchedJournal journal, string eventId, EventFindings inMemory, TimeProvider time)
{
    /// <summary>Less than whoever asks waits for the answer.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(6);

    private readonly TimeSpan _end = time.Now() + MaxTime;
    private readonly byte[] _id = Encoding.UTF8.GetBytes(eventId);
    private readonly AttemptRows _attempts = new(
        journal.Ids.Attempts,
        Encoding.UTF8.GetBytes(eventId),
        inMemory.Attempts,
        journal.Attempts is { } limits ? (time.GetUtcNow() - limits.MaxAge).ToUnixTimeMilliseconds() : long.MaxValue);

    private readonly StreamRows _dead = new(journal.Ids, JournalStream.DeadLetters, journal.DeadSegments, journal.DeadFrom.Row, journal.DeadTo);
    private readonly StreamRows _behind = new(journal.Ids, JournalStream.Outbox, journal.Segments, journal.BehindFrom, journal.BehindTo);

    private EventPlace _place = inMemory.Place;
    private FoundLetter? _letter = inMemory.Letter;
    private string? _eventType = inMemory.EventType;
    private int _damaged;
    private int _lettersRead;
    private int _eventsRead;
    private bool _isBrokenOff;

    private bool ReadsAttempts => journal.Attempts is not null && !_attempts.IsDone;

    // One that was just buried has no row yet.
    private bool ReadsDead => inMemory.Letter is null && journal.Dead > 0 && !_dead.IsDone;

    // What was delivered waits only if it was put back.
    private bool ReadsBehind =>
        _place == EventPlace.NotFound && journal.Behind > 0 && !_behind.IsDone && _attempts.Found is not [.., { Decision: Decision.Delivered }];

    public EventFindings Findings => new(
        _eventType ?? _attempts.EventType,
        _place,
        _letter,
        [.. _attempts.Found],
        _attempts.More,
        new LookupGaps(
            journal.Attempts is null ? null
                : _attempts.KeptSince is { } since ? DateTimeOffset.FromUnixTimeMilliseconds(since)
                : time.GetUtcNow(),
            ReadsAttempts,
            _damaged + _attempts.DamagedRows,
            _attempts.Missed,
            _place == EventPlace.NotFound && !_behind.IsDone ? Math.Max(0, journal.Behind - _eventsRead) : 0,
            ReadsDead ? Math.Max(0, journal.Dead - _lettersRead) : 0));

    /// <returns>What to read next; null when it is done.</returns>
    public ReadRows? Next(long number) =>
        _isBrokenOff || time.Now() > _end ? null
        : ReadsAttempts ? _attempts.Next(number)
        : ReadsDead ? _dead.Next(number)
        : ReadsBehind ? _behind.Next(number)
        : null;

    public void Read(RowsRead answer)
    {
        if (ReadsAttempts)
        {
            _attempts.Read(answer);
        }
        else if (ReadsDead)
        {
            foreach (var row in answer.Rows)
                LookAtLetters(row);
            _dead.Read(answer);
        }
        else
        {
            foreach (var row in answer.Rows)
                LookAtEvents(row);
            _behind.Read(answer);
        }
    }

    /// <summary>The journal does not answer: what was found until now is all.</summary>
    public void BreakOff() => _isBrokenOff = true;

    private void LookAtLetters(NumberedRow row)
    {
        if (!RowDecoder.TryReadHead(row.Content, out var head, out _) || !RowDecoder.TryReadLetters(row.Content, head, out var letters, out _))
        {
            _damaged++;
            return;
        }

        for (var i = row.Row == journal.DeadFrom.Row ? journal.DeadFrom.Index : 0; i < letters.Count; i++)
        {
            _lettersRead++;
            if (letters[i].Event.Id == eventId)
                (_letter, _eventType) = (FoundLetter.Of(letters[i]), letters[i].Event.Type);
        }
    }

    private void LookAtEvents(NumberedRow row)
    {
        if (!RowDecoder.TryReadHead(row.Content, out var head, out _) || !RowDecoder.TryReadEvents(row.Content, head, time, out var page, out _))
        {
            _damaged++;
            return;
        }

        if (page is null)
            return;
        _eventsRead += page.Count;
        if (new EventRun([new EventSlice(page, 0, page.Count)]).Find(_id) is { } found)
        {
            (_place, _eventType) = (EventPlace.Waiting, found.Type);
            _behind.End();
        }

        page.Leave(page.Count);
    }
}
