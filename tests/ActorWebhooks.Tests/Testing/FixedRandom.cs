namespace ActorWebhooks.Tests.Testing;

/// <summary>Always the same fraction, so that a jittered delay is known.</summary>
internal sealed class FixedRandom(double fraction) : Random
{
    public override double NextDouble() => fraction;
}
