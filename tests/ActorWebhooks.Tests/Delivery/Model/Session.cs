using ActorWebhooks.Accounting;
using ActorWebhooks.Configuration;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;
using ActorWebhooks.Telemetry;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Delivery.Model;

/// <summary>Does everything to a machine and to the model of one, and compares all that can be seen of both after each step.</summary>
internal sealed class Session : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly WebhookMetrics _metrics = new();
    private readonly NodeBudget _node = new(long.MaxValue);
    private readonly OutboxBudget _budget;
    private readonly WebhookMachine _machine;
    private readonly WebhookModel _model;
    private readonly WireRules _wire = new();
    private readonly OutboxIntake _intake;
    private readonly List<Batch> _ended = [];
    private Batch? _batch;
    private int _batchNumber;
    private int _events;
    private TimeSpan? _wait;

    public Session(WebhookDefinition definition, long maxBytes, DeadLetterLimits letters, double jitter)
    {
        _budget = new OutboxBudget(maxBytes, _node);
        _intake = new OutboxIntake(new AcceptanceClock(_time));
        _machine = new WebhookMachine(
            definition,
            new MemoryOutbox(_budget, _intake),
            new MemoryDeadLetters(letters, Requeue),
            TimeSpan.FromDays(30),
            new WebhookAccount(definition.Id, _metrics),
            _time,
            new FixedRandom(jitter),
            new ManualLease());
        _model = new WebhookModel(definition, maxBytes, letters, jitter);
        Look();
    }

    public WebhookDefinition Definition => _model.Definition;

    public bool IsEmpty => _model.Items.Count == 0;

    public void Dispose() => _metrics.Dispose();

    /// <summary>Events that are on their way together: they all have their bytes before the first is accepted.</summary>
    public void Offer(int count, int dataBytes, bool isBad)
    {
        var offered = Enumerable.Range(0, count)
            .Select(_ => Some.EventOfSize($"{(isBad ? "bad" : "good")}-{++_events}", dataBytes))
            .ToList();
        var taken = offered.Where(HasRoom).ToList();
        Assert.Equal(_model.Offer(offered, _time.Elapsed), taken);
        foreach (var e in taken)
        {
            _wire.Accept(e.Id);
            _intake.Append(e);
        }

        _machine.TakeIn();

        Look();
    }

    public void Pass(TimeSpan time)
    {
        _time.Pass(time);
        Look();
    }

    /// <summary>To the moment at which the machine wants to look again.</summary>
    public void PassToWait(bool butOneTick)
    {
        if (_wait is { } wait)
            Pass(butOneTick ? wait - TimeSpan.FromTicks(1) : wait);
    }

    public void Answer(SimulatedReceiver receiver)
    {
        if (!_model.IsInFlight)
            return;
        var outcome = receiver.Answer(_batch!);
        _wire.Answer(outcome, Definition.Lossy);
        _model.Finish(outcome, _time.Elapsed);
        _machine.Finish(outcome, TimeSpan.FromMilliseconds(5));
        Look();
    }

    public void Configure(WebhookDefinition definition)
    {
        _model.Configure(definition);
        _machine.Reconfigure(definition);
        Look();
    }

    public void Tell(Command command)
    {
        switch (command)
        {
            case Command.Pause:
                _model.IsPaused = true;
                _machine.Pause();
                break;
            case Command.Resume:
                _model.Resume();
                _machine.Resume();
                break;
            case Command.RetryNow:
                _model.RetryNow();
                _machine.RetryNow();
                break;
            case Command.Interrupt:
                _wire.Interrupt();
                _model.Interrupt(_time.Elapsed);
                _machine.Interrupt();
                break;
            case Command.Drain:
                _model.IsDraining = true;
                _machine.Drain();
                break;
            case Command.Replay:
                var replayed = _model.Replay(_time.Elapsed);
                Assert.Equal(replayed.Count, _machine.Replay());
                foreach (var id in replayed)
                    _wire.Accept(id);
                break;
            case Command.DropDeadLetters:
                Assert.Equal(_model.Books.DropLetters(), _machine.DropDeadLetters());
                break;
            case Command.Abandon:
                Assert.Equal(_model.Abandon(), _machine.Abandon());
                break;
        }

        Look();
    }

    private bool HasRoom(WebhookEvent e)
    {
        var cost = OutboxBudget.CostOf(e);
        return (Definition.Lossy ? _budget.TryTakeLossy(cost) : _budget.TryTake(cost)) is null;
    }

    // What the actor does after everything that happens to it.
    private void Look()
    {
        var before = _model.Items.Select(item => item.Id).ToHashSet();
        var (expected, step) = (_model.Next(_time.Elapsed), _machine.Next());
        before.ExceptWith(_model.Items.Select(item => item.Id));
        foreach (var id in before.Concat(_model.Books.Letters.Select(letter => letter.Event.Id)))
            _wire.GiveUp(id);
        Assert.Equal(expected.Send, step.Send?.Events.Ids());
        Assert.Equal(expected.Wait, step.LookAgainIn);
        _wait = expected.Wait;
        AssertBodies(step.Send, expected.Batch);
        if (step.Send is { } batch)
            _wire.Send(batch, _time.Elapsed, Definition.Throttle, _model.IsDraining);
        AssertSame();
    }

    private void AssertBodies(Batch? sent, int number)
    {
        if (_batch is not null && (!_model.HasBatch || (sent is not null && number != _batchNumber)))
        {
            _ended.Add(_batch);
            _batch = null;
        }

        if (IsEmpty)
        {
            // One reference too few would have thrown before, one too many would let it be taken up again.
            Assert.All(_ended, batch => Assert.Throws<ObjectDisposedException>(batch.Body.Retain));
            _ended.Clear();
        }

        if (sent is null)
            return;
        Assert.Equal(_batch is not null, ReferenceEquals(_batch, sent));
        (_batch, _batchNumber) = (sent, number);
        sent.Body.Retain();
        sent.Body.Release();
    }

    private bool Requeue(WebhookEvent e)
    {
        if (_budget.TryTake(OutboxBudget.CostOf(e)) is not null)
            return false;
        _intake.Requeue(e);
        return true;
    }

    private void AssertSame()
    {
        var (status, books) = (_machine.StatusAt(null), _model.Books);
        Assert.Equal(_model.StateAt(_time.Elapsed), status.State);
        Assert.Equal(
            (books.Accepted, books.Delivered, _model.Items.Count, books.Letters.Count, _model.Failures),
            (status.Accepted, status.Delivered, status.Waiting, status.Dead, status.Failures));
        Assert.Equal(books.Dropped.OrderBy(pair => pair.Key), status.Dropped.OrderBy(pair => pair.Key));
        Assert.Equal(status.Accepted, status.Delivered + status.Waiting + status.Dead + status.Dropped.Values.Sum());
        Assert.Equal(
            books.Letters.Select(letter => (letter.Event.Id, letter.Reason, letter.Status, letter.Response)),
            _machine.DeadLetters.All().Select(letter => (letter.Event.Id, letter.Reason, letter.Status, letter.Response)));
        Assert.Equal((_model.Used, _model.Used), (_budget.UsedBytes, _node.UsedBytes));
        Assert.Equal(_model.Items.Count, _budget.UsedEvents);
        Assert.Equal(_model.IsDraining && !_model.IsInFlight && (IsEmpty || _model.IsPaused), _machine.IsDrained);
    }
}
