using ActorWebhooks.Configuration;
using ActorWebhooks.Outbox;
using BenchmarkDotNet.Attributes;

namespace ActorWebhooks.Benchmarks.Outbox;

/// <summary>What an event of 220 bytes costs in the outbox: taken from the budget, appended, cut into a batch of 5,000, and given back.</summary>
[MemoryDiagnoser]
public class AppendBenchmarks
{
    private const int Events = 5_000;

    private readonly OutboxBudget _budget = new(long.MaxValue, new NodeBudget(long.MaxValue));
    private readonly WebhookEvent _event = WebhookEvent.FromJson(
        "auth.success", """{"accountName":"jd@example.org","remoteIp":"203.0.113.42","remotePort":52144,"protocol":"imap","tls":true}""");

    private readonly MemoryOutbox _outbox;

    private readonly OutboxIntake _intake = new(new AcceptanceClock(TimeProvider.System));

    public AppendBenchmarks() => _outbox = new MemoryOutbox(_budget, _intake);

    [Benchmark(OperationsPerInvoke = Events)]
    public int Append()
    {
        for (var i = 0; i < Events; i++)
        {
            _budget.TryTake(OutboxBudget.CostOf(_event));
            _intake.Append(_event);
        }

        _outbox.TakeIn();
        _outbox.StartFlush();
        _outbox.CutBatch(new BatchLimits(Events, int.MaxValue));
        return _outbox.Complete();
    }
}
