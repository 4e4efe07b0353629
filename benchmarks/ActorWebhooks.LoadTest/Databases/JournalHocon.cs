using System.Text.Json;

namespace ActorWebhooks.LoadTest.Databases;

/// <summary>The journal plugin for a database.</summary>
internal static class JournalHocon
{
    public const string Plugin = "akka.persistence.journal.sql";

    public static string Of(DatabaseConnection connection) => $$"""
        {{Plugin}} {
          class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
          connection-string = {{JsonSerializer.Serialize(connection.ConnectionString, LoadJson.Default.String)}}
          provider-name = "{{(connection.Kind == DatabaseKind.Sqlite ? "SQLite.MS" : "PostgreSQL.15")}}"
        }
        """;
}
