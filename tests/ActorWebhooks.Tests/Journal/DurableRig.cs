using ActorWebhooks.Accounting;
using ActorWebhooks.Configuration;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Journal;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Outbox;
using ActorWebhooks.Ownership;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Journal;

/// <summary>A durable webhook whose journal and endpoint answer as fast as the test lets them, in process after process.</summary>
internal sealed class DurableRig(
    JournalLimits limits, DeadLetterLimits? letters = null, int batch = 50, long nodeBytes = 1L << 41, NodeBudget? nodeDurableBudget = null) : IDisposable
{
    public const int Window = 64 * 1024;
    public const int Chunk = 8 * 1024;

    private int _events;

    public DurableRig()
        : this(new JournalLimits(Chunk, Window, MaxBytes: 1L << 40))
    {
    }

    public ManualTime Time { get; } = new();

    public SimulatedJournal Journal { get; } = new();

    public SimulatedNode Node { get; private set; } = null!;

    public List<string> Delivered { get; } = [];

    /// <summary>What was said of the journal, by all processes.</summary>
    public RecordingLog Log { get; } = new();

    /// <summary>The most that the budget was charged at an attempt.</summary>
    public long MostBytes { get; private set; }

    /// <summary>What the newest owner wrote that has written anything.</summary>
    public SortedDictionary<long, JournalRow> Events => Journal.NewestRows(SimulatedNode.Ids, JournalStream.Outbox);

    public SortedDictionary<long, JournalRow> DeadLetters => Journal.NewestRows(SimulatedNode.Ids, JournalStream.DeadLetters);

    public long Unreadable => Node.Status.Dropped.GetValueOrDefault(DropReason.Unreadable);

    /// <summary>Ids of all events that were published so far.</summary>
    public IEnumerable<string> Published => Ids(0, _events);

    public static IEnumerable<string> Ids(int from, int count) => Enumerable.Range(from, count).Select(i => $"{i}");

    /// <summary>A process begins; the one before it, if any, is no more.</summary>
    public void Start(WebhookDefinition? definition = null)
    {
        Node?.Dispose();
        Begin(definition, LeaseState.Held);
    }

    /// <summary>Another process begins, and the one before it goes on, as far as the test drives it.</summary>
    public void StartBeside(LeaseState lease) => Begin(null, lease);

    /// <summary>The webhook is stopped, and lives again in the same process.</summary>
    public void StartAgain()
    {
        Node.Machine.Abandon();
        Begin(null, LeaseState.Held, Node.Owner);
    }

    private void Begin(WebhookDefinition? definition, LeaseState lease, NodeOwner? owner = null)
    {
        Node = new SimulatedNode(
            (definition ?? Some.Webhook) with { Batch = new BatchLimits(batch, 100_000) }, limits, letters ?? Some.Letters(), Time, Log, nodeBytes, nodeDurableBudget, owner);
        Node.Lease.State = lease;
        Node.Work();
    }

    /// <returns>What comes of the last of them; null when it was refused at once.</returns>
    public Task<PublishReceipt>? Publish(int count, int bytes = 400)
    {
        Task<PublishReceipt>? receipt = null;
        for (; count > 0; count--)
        {
            receipt = Node.Publish(Some.EventOfSize($"{_events}", bytes), isAwaited: true);
            _events += receipt is null ? 0 : 1;
        }

        Node.Work();
        return receipt;
    }

    /// <summary>What comes of one event, once the journal has answered.</summary>
    public Task<PublishReceipt> PublishAndWrite()
    {
        var receipt = Publish(1);
        AnswerJournal();
        Assert.NotNull(receipt);
        return receipt;
    }

    /// <summary>Each in a row of its own.</summary>
    public void PublishRows(int rows, int eventsOfRow = 1, int bytes = 400)
    {
        for (; rows > 0; rows--)
        {
            Publish(eventsOfRow, bytes);
            AnswerJournal();
        }
    }

    /// <summary>They become dead letters, in a row of their own, and the endpoint is there again afterwards.</summary>
    public void Bury(int events)
    {
        Publish(events);
        Run(410);
        Node.Machine.Resume();
        AnswerJournal();
    }

    /// <summary>The dead letters that are kept, oldest first.</summary>
    public List<DeadLetter> Kept()
    {
        var kept = new List<DeadLetter>();
        foreach (var row in Journal.DeadLettersOf(Node.Journal))
        {
            Assert.True(RowDecoder.TryReadHead(row, out var head, out var fault), fault);
            Assert.True(RowDecoder.TryReadLetters(row, head, out var found, out fault), fault);
            kept.AddRange(found);
        }

        return kept;
    }

    /// <summary>The journal does one thing that it was asked.</summary>
    /// <returns>False when it was not asked for anything.</returns>
    public bool AnswerOne()
    {
        if (Node.Requests.Count == 0)
            return false;
        var request = Node.Requests[0];
        Node.Requests.RemoveAt(0);
        Answer(Journal.Do(request));
        return true;
    }

    public void Answer(JournalAnswer answer)
    {
        Node.Answer(answer);
        Node.Work();
        Node.AssertBalanced();
    }

    /// <summary>The journal does all that it is asked; the endpoint does nothing.</summary>
    public void AnswerJournal()
    {
        while (AnswerOne())
        {
        }
    }

    /// <summary>The endpoint answers what it was sent, and the journal is left alone.</summary>
    public void AnswerAttempt(int status)
    {
        if (status == 200)
            Delivered.AddRange(Node.SentIds);
        Node.Finish(Outcomes.Status(status));
        Node.Work();
    }

    /// <summary>Journal and endpoint answer until there is nothing to do, or for half a minute if the endpoint is down.</summary>
    public void Run(int status)
    {
        var end = Time.Elapsed + (status is 200 or 410 ? TimeSpan.FromMinutes(30) : TimeSpan.FromSeconds(30));
        for (Node.Work(); Time.Elapsed < end; Node.Work())
        {
            if (AnswerOne())
                continue;
            MostBytes = Math.Max(MostBytes, Node.Budget.UsedBytes);
            if (Node.Sent is null)
                Time.Pass(TimeSpan.FromSeconds(5));
            else
                AnswerAttempt(status);
        }
    }

    public void Dispose() => Node?.Dispose();
}
