using ActorWebhooks.Accounting;
using ActorWebhooks.Configuration;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Journal;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Outbox;
using ActorWebhooks.Ownership;
using ActorWebhooks.Publishing;
using ActorWebhooks.Telemetry;
using ActorWebhooks.Tests.Testing;
using Akka.Event;

namespace ActorWebhooks.Tests.Journal;

/// <summary>One durable webhook in one process, with the test in the place of its actor, its journal, its endpoint and time.</summary>
internal sealed class SimulatedNode : IDisposable
{
    public static readonly JournalIds Ids = new("audit");

    private static int _processes;

    private readonly WebhookMetrics _metrics = new();
    private readonly OutboxIntake _intake;

    public SimulatedNode(
        WebhookDefinition definition, JournalLimits limits, DeadLetterLimits letters, ManualTime time, ILoggingAdapter? log = null, long nodeBytes = 1L << 41,
        NodeBudget? nodeDurableBudget = null, NodeOwner? owner = null)
    {
        Owner = owner ?? new NodeOwner($"process {Interlocked.Increment(ref _processes)}", new ManualLease());
        NodeBudget = new NodeBudget(nodeBytes);
        _intake = new OutboxIntake(new AcceptanceClock(time));
        Budget = new OutboxBudget(1L << 40, NodeBudget);
        var account = new WebhookAccount("audit", _metrics);
        Journal = new WebhookJournal(
            Ids, _intake, Budget, NodeBudget, nodeDurableBudget ?? new NodeBudget(limits.MaxNodeBytes), account, new JournalNotice(log ?? NoLogger.Instance), limits, letters, Owner, time);
        Machine = new WebhookMachine(
            definition, new MemoryOutbox(Budget, Journal), Journal, letters.MaxAge, account, time, new FixedRandom(0.5), Owner.Lease, Journal);
        Machine.Configure();
    }

    public NodeOwner Owner { get; }

    /// <summary>What it has claimed, or has found claimed.</summary>
    public long Epoch => Journal.Epoch;

    public ManualLease Lease => (ManualLease)Owner.Lease;

    public NodeBudget NodeBudget { get; }

    public OutboxBudget Budget { get; }

    public WebhookJournal Journal { get; }

    public WebhookMachine Machine { get; }

    /// <summary>Why nothing more is taken; null when it is.</summary>
    public RefusalReason? Refusal => _intake.Refusal;

    /// <summary>What the journal was asked and has not answered yet.</summary>
    public List<JournalRequest> Requests { get; } = [];

    /// <summary>What the endpoint was sent and has not answered yet.</summary>
    public Batch? Sent { get; private set; }

    public string[] SentIds { get; private set; } = [];

    public WebhookStatus Status => Machine.StatusAt(null);

    /// <returns>What comes of it; null when it is refused at once, or nobody waits for that.</returns>
    public Task<PublishReceipt>? Publish(WebhookEvent e, bool isAwaited)
    {
        if (_intake.Refusal is not null)
            return null;
        Assert.Null(Budget.TryTake(OutboxBudget.CostOf(e)));
        if (!isAwaited)
        {
            _intake.Append(e);
            return null;
        }

        var receipt = new Receipt();
        receipt.Expect();
        _intake.Append(e, receipt);
        receipt.Close();
        return receipt.Task;
    }

    /// <summary>What the actor does whenever anything has happened.</summary>
    public void Work()
    {
        while (true)
        {
            Ask();
            Machine.TakeIn();
            var next = Machine.Next();
            Ask();
            if (next.Send is { } batch)
            {
                Assert.Null(Sent);
                (Sent, SentIds) = (batch, [.. batch.Events.Ids()]);
                return;
            }

            if (next != NextStep.Nothing || Sent is not null || Machine.TryAwaitEvents())
                return;
        }
    }

    public void Answer(JournalAnswer answer)
    {
        var wasRecovered = Journal.IsRecovered;
        Journal.Answer(answer);
        if (Journal.IsRecovered && !wasRecovered)
            Machine.Recover();
    }

    public Decision Finish(AttemptOutcome outcome)
    {
        Sent = null;
        return Machine.Finish(outcome, TimeSpan.FromMilliseconds(5));
    }

    public void AssertBalanced()
    {
        var status = Status;
        Assert.Equal(status.Accepted, status.Delivered + status.Waiting + status.Dead + status.Dropped.Values.Sum());
    }

    public void Dispose() => _metrics.Dispose();

    private void Ask()
    {
        while (Journal.Next() is { } request)
            Requests.Add(request);
    }
}
