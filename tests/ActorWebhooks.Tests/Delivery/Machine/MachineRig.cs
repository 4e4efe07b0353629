using ActorWebhooks.Accounting;
using ActorWebhooks.Configuration;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;
using ActorWebhooks.Telemetry;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Delivery.Machine;

/// <summary>A webhook's machine, driven by hand: the test owns time, and jitter is always half of the ceiling.</summary>
internal sealed class MachineRig : IDisposable
{
    private readonly WebhookMetrics _metrics = new();
    private readonly OutboxIntake _intake;

    /// <summary>What an event with an id of one character takes of the budget.</summary>
    public static readonly long CostOfOne = OutboxBudget.CostOf(Some.Event("1"));

    public MachineRig(WebhookDefinition? definition = null, long maxBytes = 1L << 40, DeadLetterLimits? letters = null)
    {
        Budget = new OutboxBudget(maxBytes);
        _intake = new OutboxIntake(new AcceptanceClock(Time));
        Machine = new WebhookMachine(
            definition ?? Some.Webhook,
            new MemoryOutbox(Budget, _intake),
            new MemoryDeadLetters(letters ?? Some.Letters(), e => Requeue(e)),
            TimeSpan.FromDays(30),
            new WebhookAccount("audit", _metrics),
            Time,
            new FixedRandom(0.5),
            Lease);
    }

    public ManualTime Time { get; } = new();

    public ManualLease Lease { get; } = new();

    public OutboxBudget Budget { get; }

    public WebhookMachine Machine { get; }

    /// <summary>Every request so far.</summary>
    public List<SentRequest> Requests { get; } = [];

    public WebhookStatus Status => Machine.StatusAt(null);

    public IEnumerable<string> DeadIds => Machine.DeadLetters.All().Select(letter => letter.Event.Id);

    /// <summary>What the endpoint took, in order.</summary>
    public IEnumerable<string> Delivered => Requests.Where(request => request.Outcome?.Status is >= 200 and <= 299).SelectMany(request => request.Ids);

    public TimeSpan? Wait => Machine.Next().LookAgainIn;

    public void Dispose() => _metrics.Dispose();

    public MachineRig Accept(params IEnumerable<string> ids)
    {
        foreach (var id in ids)
            Accept(Some.Event(id));
        return this;
    }

    public void Accept(WebhookEvent e)
    {
        var cost = OutboxBudget.CostOf(e);
        Assert.Null(Machine.Definition.Lossy ? Budget.TryTakeLossy(cost) : Budget.TryTake(cost));
        _intake.Append(e);
        Machine.TakeIn();
    }

    /// <summary>The request that is to be sent now.</summary>
    public SentRequest Send()
    {
        var batch = Machine.Next().Send;
        Assert.NotNull(batch);
        Requests.Add(new SentRequest(batch, Time.Elapsed, [.. batch.Events.Ids()], batch.Body.Text()));
        return Requests[^1];
    }

    public Decision Finish(AttemptOutcome outcome)
    {
        Requests[^1] = Requests[^1] with { Outcome = outcome };
        return Machine.Finish(outcome, TimeSpan.FromMilliseconds(5));
    }

    public Decision Finish(int status) => Finish(Outcomes.Status(status));

    /// <summary>Sends what is to be sent now, to an endpoint that answers with this.</summary>
    public SentRequest Exchange(int status) => Exchange(Outcomes.Status(status));

    public SentRequest Exchange(AttemptOutcome outcome)
    {
        var request = Send();
        Finish(outcome);
        return request;
    }

    public void Pass(TimeSpan time) => Time.Pass(time);

    /// <summary>Lets the webhook do what it wants for a while, as its actor would.</summary>
    public void Run(SimulatedReceiver receiver, TimeSpan time)
    {
        for (var end = Time.Elapsed + time; ;)
        {
            var next = Machine.Next();
            if (next.Send is { } batch)
            {
                Requests.Add(new SentRequest(batch, Time.Elapsed, [.. batch.Events.Ids()], ""));
                Finish(receiver.Answer(batch));
                continue;
            }

            if (next.LookAgainIn is not { } wait || Time.Elapsed + wait > end)
            {
                Pass(end - Time.Elapsed);
                return;
            }

            Pass(wait);
        }
    }

    private bool Requeue(WebhookEvent e)
    {
        if (Budget.TryTake(OutboxBudget.CostOf(e)) is not null)
            return false;
        _intake.Requeue(e);
        return true;
    }

    public void AssertBalanced()
    {
        var status = Status;
        Assert.Equal(status.Accepted, status.Delivered + status.Waiting + status.Dead + status.Dropped.Values.Sum());
    }
}
