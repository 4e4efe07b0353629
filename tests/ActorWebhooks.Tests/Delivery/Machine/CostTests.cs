using ActorWebhooks.Configuration;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Delivery.Machine;

public sealed class CostTests
{
    private const int Events = 100_000;

    // Many times what it takes, and a small part of what copying the rest once for each event would take. Bytes, as they do not depend on
    // how busy the machine is.
    private const long BytesForEach = 8 * 1024;

    private readonly List<WebhookEvent> _events = [.. Enumerable.Range(0, Events).Select(i => Some.Event($"{i}"))];

    [Theory]
    [InlineData(200, Events, 1_000)]
    [InlineData(200, Events, Events)]
    [InlineData(410, Events, Events)]
    [InlineData(413, Events / 5, Events)]
    public void Work_for_many_waiting_events_grows_with_their_number_and_no_faster(int status, int events, int eventsOfBatch)
    {
        using var rig = new MachineRig(Some.Webhook with { Batch = new BatchLimits(eventsOfBatch, 64 << 20), Throttle = TimeSpan.Zero });
        var start = GC.GetAllocatedBytesForCurrentThread();

        foreach (var e in _events.Take(events))
            rig.Accept(e);
        rig.Run(new Says(Outcomes.Status(status)), TimeSpan.Zero);

        Assert.Equal(0, rig.Status.Waiting);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - start, 0, events * BytesForEach);
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
        var start = GC.GetAllocatedBytesForCurrentThread();
        rig.Run(new Says(Outcomes.Status(200)), TimeSpan.FromMinutes(1));

        Assert.Equal((0, 0L), (rig.Status.Waiting, rig.Status.Delivered));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - start, 0, Events * BytesForEach);
    }
}
