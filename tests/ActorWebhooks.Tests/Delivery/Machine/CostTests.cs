using System.Diagnostics;
using ActorWebhooks.Configuration;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Delivery.Machine;

public sealed class CostTests
{
    private const int Events = 100_000;

    // Many times what it takes, and less than what it takes to move all entries once for each event.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    private readonly List<WebhookEvent> _events = [.. Enumerable.Range(0, Events).Select(i => Some.Event($"{i}"))];

    [Theory]
    [InlineData(200, Events, 1_000)]
    [InlineData(200, Events, Events)]
    [InlineData(410, Events, Events)]
    [InlineData(413, Events / 5, Events)]
    public void Work_for_many_waiting_events_grows_with_their_number_and_no_faster(int status, int events, int eventsOfBatch)
    {
        using var rig = new MachineRig(Some.Webhook with { Batch = new BatchLimits(eventsOfBatch, 64 << 20), Throttle = TimeSpan.Zero });
        var start = Stopwatch.GetTimestamp();

        foreach (var e in _events.Take(events))
            rig.Accept(e);
        rig.Run(new Says(Outcomes.Status(status)), TimeSpan.Zero);

        Assert.Equal(0, rig.Status.Waiting);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, Bound);
    }

    [Fact]
    public void Events_of_one_batch_that_expire_one_by_one_cost_no_more_each()
    {
        var webhook = Some.Webhook with { Batch = new BatchLimits(Events, 64 << 20), DiscardAfter = TimeSpan.FromSeconds(1) };
        using var rig = new MachineRig(webhook);
        rig.Machine.Pause();
        foreach (var e in _events)
        {
            rig.Accept(e);
            rig.Pass(TimeSpan.FromTicks(2));
        }

        rig.Machine.Resume();
        rig.Exchange(Outcomes.RetryAfter(503, TimeSpan.FromMinutes(1)));
        var start = Stopwatch.GetTimestamp();
        rig.Run(new Says(Outcomes.Status(200)), TimeSpan.FromMinutes(1));

        Assert.Equal((0, 0L), (rig.Status.Waiting, rig.Status.Delivered));
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, Bound);
    }
}
