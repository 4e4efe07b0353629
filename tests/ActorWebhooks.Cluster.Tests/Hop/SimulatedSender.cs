using System.Globalization;
using ActorWebhooks.Cluster.Hop;
using ActorWebhooks.Cluster.Telemetry;
using ActorWebhooks.Outbox;
using ActorWebhooks.Publishing;
using ActorWebhooks.Telemetry;

namespace ActorWebhooks.Cluster.Tests.Hop;

/// <summary>A node that publishes: its end of the hop, and what became of what it has published.</summary>
internal sealed class SimulatedSender
{
    private readonly OutboxIntake _intake;
    private readonly OutboxBudget _budget = new(long.MaxValue);
    private readonly List<(string Id, Task<PublishReceipt> Answer)> _awaited = [];
    private readonly int _number;
    private int _published;

    public SimulatedSender(int number, HopLimits limits, TimeProvider time)
    {
        _number = number;
        _intake = new OutboxIntake(new AcceptanceClock(time));
        Hop = new HopSender("audit", number + 1000, _intake, _budget, limits, new HopMetrics(new WebhookMetrics()), time);
    }

    public HopSender Hop { get; }

    /// <summary>All that were taken in, in order.</summary>
    public List<string> Published { get; } = [];

    public long UsedBytes => _budget.UsedBytes;

    public IEnumerable<string> Refused =>
        _awaited.Where(awaited => awaited.Answer is { IsCompleted: true } answer && !answer.Result.IsAccepted).Select(awaited => awaited.Id);

    public IEnumerable<string> Accepted =>
        _awaited.Where(awaited => awaited.Answer is { IsCompleted: true } answer && answer.Result.IsAccepted).Select(awaited => awaited.Id);

    public bool IsAnyoneWaiting => _awaited.Any(awaited => !awaited.Answer.IsCompleted);

    public void Publish(int count, int awaitedEvery)
    {
        for (var i = 0; i < count && _intake.Refusal is null; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{_number}-{_published++:D6}");
            var e = WebhookEvent.Create("auth.success", new { }, id);
            _budget.TryTake(OutboxBudget.CostOf(e));
            Published.Add(id);
            if (i % awaitedEvery != 0)
            {
                _intake.Append(e);
                continue;
            }

            var receipt = new Receipt();
            receipt.Expect();
            _awaited.Add((id, receipt.Task));
            _intake.Append(e, receipt);
            receipt.Close();
        }
    }
}
