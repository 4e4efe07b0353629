namespace ActorWebhooks.Server.Tests.Durability.Postgres;

/// <summary>A test that needs PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (TestPostgres.ConnectionString is null)
            Skip = $"It needs PostgreSQL and there is no {TestPostgres.Variable}: run 'bash .ci/with-postgres dotnet test'.";
    }
}
