namespace ActorWebhooks.Server.Tests.Durability.Postgres;

/// <summary>All that needs PostgreSQL: one test at a time, so that none is in the middle of something when another stops it.</summary>
[CollectionDefinition(Name)]
public sealed class OnePostgres
{
    public const string Name = "PostgreSQL";
}
