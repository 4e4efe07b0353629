using ActorWebhooks.Configuration;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Journal;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Journal;

/// <summary>Does everything to a durable webhook, crashes included, and holds it to what durable means.</summary>
internal sealed class DurableSession : IDisposable
{
    private static readonly DeadLetterLimits Letters = Some.Letters();

    private readonly WebhookDefinition _definition;
    private readonly JournalLimits _limits;
    private readonly ManualTime _time = new();
    private readonly SimulatedJournal _journal = new();
    private readonly List<(string Id, Task<PublishReceipt> Receipt)> _receipts = [];
    private readonly HashSet<string> _accepted = [];
    private readonly HashSet<string> _delivered = [];
    private readonly HashSet<string> _dropped = [];
    private readonly HashSet<string> _replayed = [];
    private readonly HashSet<string> _mayRepeat = [];
    private SimulatedNode _node;
    private string[] _lastDelivered = [];
    private JournalRequest[] _late = [];
    private int _latest = -1;
    private int _events;
    private int _selections;
    private int _selectionsEnded;

    public DurableSession(WebhookDefinition definition, JournalLimits limits)
    {
        (_definition, _limits) = (definition, limits);
        _node = Start();
    }

    public void Dispose() => _node.Dispose();

    /// <param name="awaited">Of so many, one is waited for.</param>
    public void Publish(int count, int bytes, int awaited)
    {
        for (var i = 0; i < count; i++)
        {
            var e = Some.EventOfSize($"{_events++}", bytes);
            if (_node.Publish(e, _events % awaited == 0) is { } receipt)
                _receipts.Add((e.Id, receipt));
        }

        Work();
    }

    public void AnswerRequest(int which)
    {
        if (TakeRequest(which) is not { } request)
            return;
        _node.Answer(_journal.Do(request));
        Work();
    }

    /// <param name="isDone">Whether it is done all the same.</param>
    public void FailRequest(int which, bool isDone)
    {
        if (TakeRequest(which) is not { } request)
            return;
        if (isDone)
            _journal.Do(request);
        _node.Answer(new JournalFailed(request.Number, "the test says so"));
        Work();
    }

    public void AnswerAttempt(int status)
    {
        if (_node.Sent is null)
            return;
        var ids = _node.SentIds;
        if (status == 200)
            Deliver(ids);
        _node.Finish(Outcomes.Status(status));
        Work();
    }

    public void Pass(TimeSpan time)
    {
        _time.Pass(time);
        Work();
    }

    public void Pause()
    {
        _node.Machine.Pause();
        Work();
    }

    public void Resume()
    {
        _node.Machine.Resume();
        Work();
    }

    public void Replay()
    {
        if (_node.Journal.IsRecovered)
        {
            var written = DeadIds();
            _replayed.UnionWith(Those(_node.Machine.Replay(), written));
        }

        Work();
    }

    public void DropDeadLetters()
    {
        if (!_node.Journal.IsRecovered)
            return;
        var written = DeadIds();
        _dropped.UnionWith(Those(_node.Machine.DropDeadLetters(), written));
        Work();
    }

    /// <param name="which">Of the letters that are written; beyond them, one that there is not.</param>
    public void TakeLetters(int which, int count, bool isDrop)
    {
        if (!_node.Journal.IsRecovered)
            return;
        var ids = DeadIds().Skip(which).Take(count).Append("none").ToHashSet();
        var isTaken = _node.Machine.TryTake(new LetterSelection(ids, isDrop, taken =>
        {
            Assert.InRange(taken, 0, int.MaxValue);
            _selectionsEnded++;
        }));
        if (isTaken)
        {
            _selections++;
            (isDrop ? _dropped : _replayed).UnionWith(ids);
        }

        Work();
    }

    /// <param name="isDone">Whether the journal still does what it was asked.</param>
    public void Crash(bool isDone)
    {
        foreach (var request in _node.Requests.Where(request => isDone && request is WriteRow))
            _journal.Do(request);

        // What a stop lets go of is all the memory that there was.
        _node.Machine.Abandon();
        Assert.Equal((0, 0, 0), (_node.Budget.UsedBytes, _node.Budget.UsedEvents, _node.NodeBudget.UsedBytes));
        _node.Dispose();
        _late = isDone ? [] : [.. _node.Requests.Where(request => request is WriteRow)];
        _receipts.Clear();
        _mayRepeat.UnionWith(_lastDelivered);
        _time.Pass(TimeSpan.FromMilliseconds(1));
        _node = Start();
        Work();
    }

    /// <summary>The journal does only now what a process asked that is no more.</summary>
    public void DoLate()
    {
        foreach (var request in _late)
            _journal.Do(request);
        _late = [];
        Work();
    }

    /// <summary>With a journal and an endpoint that work, everything comes to its end.</summary>
    public void EndWell()
    {
        Resume();
        for (var i = 0; ; i++)
        {
            Assert.True(i < 100_000, "It does not come to an end.");
            if (_node.Requests.Count > 0)
                AnswerRequest(0);
            else if (_node.Sent is not null)
                AnswerAttempt(200);
            else if (_node.Journal.IsRecovered && _node.Status.Waiting == 0 && _node.Journal is { IsSettled: true, IsFailing: false }
                && _selectionsEnded == _selections)
                break;
            else
                Pass(TimeSpan.FromSeconds(1));
            if (_node.Status.State == WebhookState.Gone || _node.Status.State == WebhookState.Paused)
                Resume();
        }

        Assert.Equal(_selections, _selectionsEnded);
        var dead = DeadIds();
        Assert.Equal(_node.Status.Dead, dead.Count);
        foreach (var id in _accepted)
            Assert.True(_delivered.Contains(id) || dead.Contains(id) || _dropped.Contains(id), $"{id} was accepted, and is nowhere.");
        Assert.Equal((0, 0), (_node.Budget.UsedBytes, _node.Budget.UsedEvents));
        Assert.Equal(0, _node.NodeBudget.UsedBytes);
        Assert.InRange(_journal.NewestRows(SimulatedNode.Ids, JournalStream.Outbox).Count, 0, 200);
    }

    private SimulatedNode Start() => new(_definition, _limits, Letters, _time);

    private JournalRequest? TakeRequest(int which)
    {
        if (_node.Requests.Count == 0)
            return null;
        var request = _node.Requests[which % _node.Requests.Count];
        _node.Requests.Remove(request);
        return request;
    }

    private void Deliver(string[] ids)
    {
        foreach (var id in ids)
        {
            if (!_delivered.Add(id))
            {
                Assert.True(_mayRepeat.Contains(id) || _replayed.Contains(id), $"{id} was delivered again, and was not in flight at a crash.");
                continue;
            }

            if (_replayed.Contains(id))
                continue;
            var number = int.Parse(id, System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(number > _latest, $"{id} comes after {_latest}.");
            _latest = number;
        }

        _lastDelivered = ids;
    }

    // Letters that are not written yet cannot be seen from here: then it is any of the events that are not delivered. A letter that is moved stands in
    // two rows, and is taken once.
    private IEnumerable<string> Those(int taken, List<string> written) =>
        taken == written.Distinct().Count() ? written : Enumerable.Range(0, _events).Select(i => $"{i}").Except(_delivered);

    private List<string> DeadIds()
    {
        var ids = new List<string>();
        foreach (var content in _journal.DeadLettersOf(_node.Journal))
        {
            Assert.True(RowDecoder.TryReadHead(content, out var head, out var fault), fault);
            Assert.True(RowDecoder.TryReadLetters(content, head, out var letters, out fault), fault);
            ids.AddRange(letters.Select(letter => letter.Event.Id));
        }

        return ids;
    }

    private void Work()
    {
        _node.Work();
        foreach (var (id, _) in _receipts.Where(receipt => receipt.Receipt is { IsCompletedSuccessfully: true, Result.IsAccepted: true }))
            _accepted.Add(id);
        _receipts.RemoveAll(receipt => receipt.Receipt.IsCompleted);
        _node.AssertBalanced();
        if (_node.Sent is null)
            Assert.InRange(_node.Budget.UsedBytes, 0, long.MaxValue);
    }
}
