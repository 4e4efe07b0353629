using System.Data.Common;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Persistence.Sql.Config;
using LinqToDB;

namespace ActorWebhooks.LoadTest.Databases;

/// <summary>The journal plugin on a database, by the profiles of the folder <c>hocon</c> and with connections as the server makes them.</summary>
internal static class JournalPlugin
{
    private const string Id = "akka.persistence.journal.sql";

    public static Config ProfileOf(DatabaseKind kind) => ConfigurationFactory.FromResource(
        $"ActorWebhooks.LoadTest.durable-{(kind == DatabaseKind.Sqlite ? "sqlite" : "postgres")}.conf", typeof(JournalPlugin).Assembly);

    public static Setup ConnectionsTo(DatabaseConnection database)
    {
        var provider = ProfileOf(database.Kind).GetString($"{Id}.provider-name");
        var options = new DataOptions().UseConnectionString(provider, database.ConnectionString);
        if (database.Kind == DatabaseKind.Sqlite)
            options = options.UseAfterConnectionOpened(connection => Execute(connection, SqliteDatabase.OnOpen));
        var setup = new MultiDataOptionsSetup();
        setup.AddDataOptions(Id, options);
        return setup;
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
