namespace ActorWebhooks.Server.Tests.Clustering.FaultRuns;

/// <summary>The times of a <see cref="Hang"/>.</summary>
/// <param name="Length">How long the server hangs.</param>
/// <param name="Down">How long endpoints are down when it goes on.</param>
internal sealed record HangTimes(TimeSpan Length, TimeSpan Down);
