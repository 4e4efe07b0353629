namespace ActorWebhooks.Server.Tests.Clustering.FaultRuns;

/// <summary>How a run of <see cref="FaultRun"/> goes.</summary>
/// <param name="Seed">Of its chances.</param>
/// <param name="SteadyLoad">How long the senders go on after what was done.</param>
/// <param name="MostSilence">The longest time that a webhook may send nothing after a take-over.</param>
internal sealed record FaultPlan(int Seed, TimeSpan SteadyLoad, TimeSpan MostSilence);
