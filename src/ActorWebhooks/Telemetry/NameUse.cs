namespace ActorWebhooks.Telemetry;

/// <summary>The lookups of names on one node.</summary>
/// <param name="Waiting">Names that wait for a thread.</param>
/// <param name="Running">Names that a name server is asked for.</param>
internal readonly record struct NameUse(int Waiting, int Running);
