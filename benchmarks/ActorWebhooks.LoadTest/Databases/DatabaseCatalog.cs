namespace ActorWebhooks.LoadTest.Databases;

/// <summary>Makes databases. PostgreSQL is on the server that is given, or else on one that is started for the purpose.</summary>
internal static class DatabaseCatalog
{
    /// <param name="postgres">Connection string of a server; null: there is PostgreSQL where its programs are.</param>
    public static bool IsHere(DatabaseKind kind, string? postgres) =>
        kind == DatabaseKind.Sqlite || postgres is not null || PostgresPrograms.Folder is not null;

    public static async Task<IDatabase> CreateAsync(DatabaseKind kind, string? postgres) => (kind, postgres) switch
    {
        (DatabaseKind.Sqlite, _) => await SqliteDatabase.CreateAsync(),
        (_, { } server) => await GivenPostgres.CreateAsync(server),
        _ => await PrivatePostgres.StartAsync(),
    };
}
