using System.Collections.Immutable;
using ActorWebhooks.Delivery;
using ActorWebhooks.Text;

namespace ActorWebhooks.Cluster.Wire;

/// <summary>HTTP requests, and how they ended. How long things took is in ticks.</summary>
internal static class AttemptCodec
{
    // A block that is empty; reading it is the fault, if it is one.
    private const int LeastAttempt = 1;

    public static void WriteAll(WireWriter to, ImmutableArray<Attempt> attempts)
    {
        to.Number(attempts.Length);
        foreach (var attempt in attempts)
            to.Block(attempt, Write);
    }

    public static ImmutableArray<Attempt> ReadAll(ref WireReader from)
    {
        var attempts = ImmutableArray.CreateBuilder<Attempt>(from.Count(LeastAttempt));
        while (attempts.Count < attempts.Capacity)
            attempts.Add(Read(from.Block()));
        return attempts.MoveToImmutable();
    }

    public static void Write(WireWriter to, Attempt attempt)
    {
        to.Time(attempt.At);
        to.Text(attempt.BatchId);
        to.Number(attempt.Events);
        to.Number(attempt.Bytes);
        to.Block(attempt.Outcome, WriteOutcome);
        to.OneOf(attempt.Decision);
        to.Number(attempt.Latency.Ticks);
    }

    public static Attempt Read(WireReader from) => new(
        from.Time(),
        from.Text(),
        from.Int(),
        from.Int(),
        ReadOutcome(from.Block()),
        from.OneOf<Decision>(),
        new TimeSpan(from.Number()));

    private static void WriteOutcome(WireWriter to, AttemptOutcome outcome)
    {
        to.OneOf(outcome.Kind >= AttemptEnd.BrokenOff ? AttemptEnd.NetworkError : outcome.Kind);
        to.NumberOrNull(outcome.Status);
        to.TextOrNull(outcome.Error);
        to.Text(outcome.Response);
        to.NumberOrNull(outcome.RetryAfter?.Ticks);
        to.Newer(outcome.Kind, AttemptEnd.BrokenOff);
    }

    private static AttemptOutcome ReadOutcome(WireReader from)
    {
        var outcome = new AttemptOutcome(
            from.OneOf<AttemptEnd>(),
            from.IntOrNull(),
            from.TextOrNull() is { } error ? OutsideText.Clean(error) : null,
            OutsideText.Clean(from.Text()),
            from.Flag() ? new TimeSpan(from.Number()) : null);
        return outcome with { Kind = from.Newer(outcome.Kind, AttemptEnd.BrokenOff) };
    }
}
