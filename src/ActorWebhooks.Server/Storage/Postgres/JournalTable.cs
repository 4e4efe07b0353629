using Npgsql;

namespace ActorWebhooks.Server.Storage.Postgres;

/// <summary>The table that the journal plugin makes.</summary>
internal static class JournalTable
{
    private const string ReadSettings = """
        SELECT coalesce(journal.reloptions, '{}'), coalesce(pieces.reloptions, '{}')
        FROM pg_class journal LEFT JOIN pg_class pieces ON pieces.oid = journal.reltoastrelid
        WHERE journal.oid = to_regclass('journal')
        """;

    /// <summary>Has PostgreSQL clean the table as <see cref="AutovacuumSettings"/> say, where nobody has said otherwise.</summary>
    /// <returns>False while there is no such table.</returns>
    /// <exception cref="PostgresException">It may not be set, or something is in the way.</exception>
    /// <exception cref="NpgsqlException">The server is not there.</exception>
    public static bool Tune(NpgsqlConnection connection)
    {
        if (Missing(connection) is not { } missing)
            return false;
        if (missing.Length == 0)
            return true;
        // The lock that it takes lets reads and writes go on.
        Execute(connection, "SET lock_timeout = '2s'");
        Execute(connection, $"ALTER TABLE journal SET ({missing})");
        return true;
    }

    private static string? Missing(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(ReadSettings, connection);
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? AutovacuumSettings.Missing(reader.GetFieldValue<string[]>(0), reader.GetFieldValue<string[]>(1)) ?? ""
            : null;
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // Constants of this assembly.
        using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
