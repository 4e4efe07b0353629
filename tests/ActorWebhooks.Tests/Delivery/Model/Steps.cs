using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;
using CsCheck;

namespace ActorWebhooks.Tests.Delivery.Model;

/// <summary>What may happen, with numbers small enough for every bound to be met.</summary>
internal static class Steps
{
    public static readonly Gen<Configure> Configure =
        from throttle in Ms(0, 0, 100, 1_000, 10_000)
        from events in Gen.Int[1, 20]
        from bytes in OneOf(1_024, 2_048, 4_096, 100_000)
        from lossy in Gen.Frequency((4, false), (1, true))
        from discard in OneOf<double?>(null, 500, 5_000, 60_000, 259_200_000)
        from retry in OneOf((100, 1_000), (1_000, 60_000), (1_000, 300_000))
        select new Configure(
            throttle,
            new BatchLimits(events, bytes),
            lossy,
            discard is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
            new RetryDelays(TimeSpan.FromMilliseconds(retry.Item1), TimeSpan.FromMilliseconds(retry.Item2)));

    private static readonly Func<AttemptOutcome, SimulatedReceiver> Saying = outcome => new Says(outcome);

    private static readonly Gen<SimulatedReceiver> Receiver = Gen.Frequency<SimulatedReceiver>(
        (8, OneOf(200, 202, 204).Select(Outcomes.Status).Select(Saying)),
        (4, OneOf(400, 413, 422).Select(Outcomes.Status).Select(Saying)),
        (3, OneOf(100, 301, 302, 401, 404, 408, 425, 429, 500, 502, 503).Select(Outcomes.Status).Select(Saying)),
        (1, Gen.Select(OneOf(429, 503, 500), Ms(-5_000, 0, 40, 3_000, 90_000, 7_200_000), Outcomes.RetryAfter).Select(Saying)),
        (1, OneOf(AttemptEnd.NetworkError, AttemptEnd.TlsError, AttemptEnd.Fault).Select(Outcomes.Broken).Select(Saying)),
        (1, Gen.Const(Outcomes.Timeout).Select(Saying)),
        (1, Gen.Const(Outcomes.Status(410)).Select(Saying)),
        (4, OneOf(400, 422).Select(status => (SimulatedReceiver)new RefusesBad(status))),
        (2, OneOf(400, 900, 1_500, 3_000).Select(bytes => (SimulatedReceiver)new TakesUpTo(bytes))));

    private static readonly Gen<Step> Any = Gen.Frequency<Step>(
        (10, Gen.Select(Gen.Int[1, 6], OneOf(10, 60, 300, 900), Gen.Frequency((4, false), (1, true)), (n, size, bad) => (Step)new Offer(n, size, bad))),
        (4, Ms(1, 30, 100, 600, 1_000, 7_000, 70_000).Select(time => (Step)new Pass(time))),
        (6, Gen.Frequency((4, false), (1, true)).Select(butOneTick => (Step)new PassToWait(butOneTick))),
        (12, Receiver.Select(receiver => (Step)new Answer(receiver))),
        (4, Gen.Select(Receiver, Gen.Int[2, 14], (receiver, times) => (Step)new AnswerMany(receiver, times))),
        (2, Configure.Select(configure => (Step)configure)),
        (6, Gen.Frequency(
            (2, Command.Pause), (4, Command.Resume), (1, Command.RetryNow), (3, Command.Interrupt), (1, Command.Drain), (4, Command.Replay), (1, Command.DropDeadLetters))
            .Select(command => (Step)new Tell(command))));

    /// <summary>Sequences, of which a few end with a webhook that gives up what it holds.</summary>
    public static readonly Gen<Step[]> Sequence =
        from steps in Any.Array[1, 50]
        from isAbandoned in Gen.Frequency((9, false), (1, true))
        select isAbandoned ? [.. steps, new Tell(Command.Abandon)] : steps;

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<TimeSpan> Ms(params double[] milliseconds) => OneOf(milliseconds).Select(TimeSpan.FromMilliseconds);
}
