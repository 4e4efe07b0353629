using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Tests.Testing;

/// <summary>How an endpoint answers a batch.</summary>
internal abstract record SimulatedReceiver
{
    public abstract AttemptOutcome Answer(Batch batch);
}

/// <summary>The same to everything.</summary>
internal sealed record Says(AttemptOutcome Outcome) : SimulatedReceiver
{
    public override AttemptOutcome Answer(Batch batch) => Outcome;

    public override string ToString() => $"says {Outcome} {Outcome.RetryAfter}";
}

/// <summary>Refuses what has a bad event in it and takes everything else.</summary>
internal sealed record RefusesBad(int Status) : SimulatedReceiver
{
    public override AttemptOutcome Answer(Batch batch) =>
        Outcomes.Status(batch.Events.Ids().Any(id => id.StartsWith("bad", StringComparison.Ordinal)) ? Status : 200);
}

/// <summary>Takes bodies up to a size.</summary>
internal sealed record TakesUpTo(int Bytes) : SimulatedReceiver
{
    public override AttemptOutcome Answer(Batch batch) => Outcomes.Status(batch.Body.Length > Bytes ? 413 : 200);
}
