namespace ActorWebhooks.Server.Tests.Stalls;

/// <summary>Tests that measure time have the machine to themselves, as far as this project goes.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TimedAlone
{
    public const string Name = "Stalls";
}
