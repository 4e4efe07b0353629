using ActorWebhooks.Accounting;
using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using ActorWebhooks.Journal;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Journal;

/// <summary>
/// Several processes that all take themselves for the owner of one webhook, on one journal. Each may hang at any point: it does nothing, and what
/// it asked of the journal is done late, or never. Whatever happens, what was accepted is delivered, and a former owner sends at most one batch more.
/// </summary>
internal sealed class OwnershipSession(JournalLimits limits, SimulatedJournal journal) : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly List<Process> _processes = [];
    private readonly HashSet<string> _accepted = [];
    private readonly HashSet<string> _delivered = [];
    private readonly HashSet<string> _late = [];
    private long _newestClaim;

    public void Dispose()
    {
        foreach (var process in _processes)
            process.Node.Dispose();
    }

    public void Start()
    {
        var definition = Some.Webhook with { Batch = new BatchLimits(3, 100_000), Retry = new RetryDelays(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)) };
        var process = new Process(_processes.Count, new SimulatedNode(definition, limits, Some.Letters(), _time));
        _processes.Add(process);
        Work(process);
    }

    public void Publish(int which, int count)
    {
        var process = Pick(which);
        for (; count > 0; count--)
        {
            var id = $"{process.Number}-{process.Published++}";
            if (process.Node.Publish(Some.EventOfSize(id, 100), isAwaited: true) is { } receipt)
                process.Receipts.Add((id, receipt));
        }

        Work(process);
    }

    public void AnswerRequest(int which, int request)
    {
        var process = Pick(which);
        if (Take(process, request) is { } asked)
            Answer(process, Do(asked));
    }

    /// <param name="isDone">Whether the journal does it all the same.</param>
    public void FailRequest(int which, int request, bool isDone)
    {
        var process = Pick(which);
        if (Take(process, request) is not { } asked)
            return;
        if (isDone)
            Do(asked);
        else if (asked is WriteRow)
            process.Late.Add(asked);
        Answer(process, new JournalFailed(asked.Number, "the test says so"));
    }

    /// <summary>The journal does what a process had asked, and nobody waits for that any more.</summary>
    public void DoLate(int which)
    {
        var process = Pick(which);
        foreach (var asked in process.Late)
            Do(asked);
        process.Late.Clear();
    }

    public void AnswerAttempt(int which, int status)
    {
        var process = Pick(which);
        if (process.Node.Sent is null)
            return;
        if (status == 200)
            Deliver(process);
        process.Node.Finish(Outcomes.Status(status));
        Work(process);
    }

    public void Pass(TimeSpan time) => _time.Pass(time);

    public void Look(int which) => Work(Pick(which));

    /// <summary>All hang but a new one, with a journal and an endpoint that work; then those that hung go on.</summary>
    public void EndWell()
    {
        Start();
        Settle(_processes[^1]);
        foreach (var process in _processes)
            Settle(process);
        Settle(_processes[^1]);
        foreach (var process in _processes)
            DoLate(process.Number);

        // Whoever is asked last owns it, if anybody can.
        Start();
        Settle(_processes[^1]);
        var dead = DeadIds(_processes[^1].Node);
        Assert.Subset(dead, _late);
        foreach (var id in _accepted)
            Assert.True(_delivered.Contains(id) || dead.Contains(id), $"{id} was accepted, and is nowhere.");
        Assert.Equal(0, _processes[^1].Node.Status.Dropped.GetValueOrDefault(DropReason.Unreadable));
    }

    private HashSet<string> DeadIds(SimulatedNode node)
    {
        var ids = new HashSet<string>();
        foreach (var row in journal.DeadLettersOf(node.Journal))
        {
            Assert.True(RowDecoder.TryReadHead(row, out var head, out var fault), fault);
            Assert.True(RowDecoder.TryReadLetters(row, head, out var letters, out fault), fault);
            ids.UnionWith(letters.Select(letter => letter.Event.Id));
        }

        return ids;
    }

    private Process Pick(int which) => _processes[which % _processes.Count];

    private static JournalRequest? Take(Process process, int which)
    {
        if (process.Node.Requests.Count == 0)
            return null;
        var request = process.Node.Requests[which % process.Node.Requests.Count];
        process.Node.Requests.Remove(request);
        return request;
    }

    private JournalAnswer Do(JournalRequest asked)
    {
        var answer = journal.Do(asked);
        if (answer is RowWritten && asked.PersistenceId == SimulatedNode.Ids.Claims)
            _newestClaim = ((WriteRow)asked).Row;
        return answer;
    }

    private void Answer(Process process, JournalAnswer answer)
    {
        process.Node.Answer(answer);
        Work(process);
    }

    private void Settle(Process process)
    {
        for (var i = 0; ; i++)
        {
            Assert.True(i < 10_000, $"It does not come to an end: {process.Node.Status.State} in epoch {process.Node.Epoch}, and {_newestClaim} is claimed.");
            Work(process);
            if (process.Node.Requests.Count > 0)
            {
                AnswerRequest(process.Number, 0);
                continue;
            }

            if (process.Node.Sent is not null)
            {
                AnswerAttempt(process.Number, 200);
                continue;
            }

            if (process.Node.Status.State == WebhookState.Gone)
                process.Node.Machine.Resume();
            if (process.Node.Journal.IsDisplaced || (process.Node.Journal.IsRecovered && process.Node.Status.Waiting == 0 && process.Node.Journal.IsSettled))
                return;
            _time.Pass(TimeSpan.FromSeconds(1));
        }
    }

    private void Deliver(Process process)
    {
        foreach (var id in process.Node.SentIds)
        {
            if (!_delivered.Add(id))
                continue;
            var (publisher, number) = (_processes[int.Parse(id.Split('-')[0])], int.Parse(id.Split('-')[1]));

            // A request that a former owner began is answered after the new owner was refused the same event for good, and went on.
            if (number < publisher.Latest && process.Node.Epoch < _newestClaim)
            {
                _late.Add(id);
                continue;
            }

            Assert.True(number > publisher.Latest, $"{id} comes after {publisher.Latest} of the same sender.");
            publisher.Latest = number;
        }
    }

    private void Work(Process process)
    {
        var before = process.Node.Sent;
        process.Node.Work();
        if (process.Node.Sent is { } batch && batch != before && process.Node.Epoch < _newestClaim)
            AssertOneBatchIsLate(process);
        foreach (var (id, _) in process.Receipts.Where(receipt => receipt.Receipt is { IsCompletedSuccessfully: true, Result.IsAccepted: true }))
            _accepted.Add(id);
        process.Receipts.RemoveAll(receipt => receipt.Receipt.IsCompleted);
        process.Node.AssertBalanced();
    }

    // An endpoint that refuses with 422 gets the parts of the same batch.
    private static void AssertOneBatchIsLate(Process process)
    {
        process.SentLate ??= [.. process.Node.SentIds];
        Assert.True(
            process.SentLate.IsSupersetOf(process.Node.SentIds),
            $"Process {process.Number} goes on sending, though another has claimed the webhook.");
    }

    private sealed class Process(int number, SimulatedNode node)
    {
        public int Number => number;

        public SimulatedNode Node => node;

        public int Published { get; set; }

        public int Latest { get; set; } = -1;

        public List<(string Id, Task<PublishReceipt> Receipt)> Receipts { get; } = [];

        public List<JournalRequest> Late { get; } = [];

        /// <summary>The events of the first batch that it sent after another had claimed the webhook.</summary>
        public HashSet<string>? SentLate { get; set; }
    }
}
