using CsCheck;

namespace ActorWebhooks.Cluster.Tests.Hop;

public sealed class HopModelTests
{
    private static readonly Gen<Step> AnyStep = Gen.Frequency(
        (6, Gen.Select(Gen.Int[0, 1], Gen.Int[1, 12], Gen.Int[1, 4], (sender, count, awaited) =>
            new Step($"publish {count} at {sender}, await every {awaited}.", s => s.Publish(sender, count, awaited)))),
        (14, Gen.Int[0, 5].Select(which => new Step($"arrive {which}", s => s.Arrive(which)))),
        (2, Gen.Int[0, 5].Select(which => new Step($"lose {which}", s => s.Lose(which)))),
        (1, Gen.Int[0, 5].Select(which => new Step($"repeat {which}", s => s.Repeat(which)))),
        (5, Gen.Int[1, 10].Select(count => new Step($"release {count}", s => s.Release(count)))),
        (4, Gen.Int[1, 3_000].Select(time => new Step($"{time} ms", s => s.Pass(TimeSpan.FromMilliseconds(time))))),
        (1, Gen.Const(new Step("crash", s => s.Crash()))),
        (1, Gen.Const(new Step("hand over", s => s.HandOver()))),
        (1, Gen.Const(new Step("host gone", s => s.HostGone()))),
        (1, Gen.OneOf(Gen.Const(RefusalReason.OutboxFull), Gen.Const(RefusalReason.JournalUnavailable), Gen.Const(RefusalReason.NotConfigured)).Select(
            reason => new Step($"refuse {reason}", s => s.RefuseFromNowOn(reason)))),
        (2, Gen.Const(new Step("take again", s => s.RefuseFromNowOn(null)))));

    [Fact]
    public void Whatever_gets_lost_repeated_or_late_each_event_comes_through_in_the_order_of_its_sender() =>
        Gen.Select(Gen.Bool, Gen.Int[100, 900], Gen.Int[1, 6], Gen.Int[1, 4], AnyStep.Array[1, 150]).Sample(
            (isDurable, bundleBytes, bundleEvents, windows, steps) =>
            {
                var session = new HopSession(isDurable, bundleBytes, bundleEvents, windows * bundleBytes);
                foreach (var step in steps)
                    step.Do(session);
                session.EndWell();
            },
            iter: 5_000,
            print: run => $"durable {run.Item1}, bundles of {run.Item2} bytes, {run.Item3} events, {run.Item4} windows\n{string.Join('\n', run.Item5.AsEnumerable())}");

    private sealed record Step(string Name, Action<HopSession> Do)
    {
        public override string ToString() => Name;
    }
}
