namespace ActorWebhooks.Server.Tests.Durability.Postgres;

/// <summary>Tests that stop the PostgreSQL of all tests: nothing else runs meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class StopsPostgres
{
    public const string Name = "Stops PostgreSQL";
}
