using System.Data.Common;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Persistence.Sql.Config;
using LinqToDB;

namespace ActorWebhooks.Server.Storage;

/// <summary>How the journal plugin gets its connections.</summary>
internal static class JournalConnections
{
    /// <param name="onOpen">SQL for each connection before it is used.</param>
    public static Setup Create(Config profile, string connectionString, string? onOpen = null)
    {
        var provider = profile.GetString($"{EventStore.Plugin}.provider-name");
        var options = new DataOptions().UseConnectionString(provider, connectionString);
        if (onOpen is not null)
            options = options.UseAfterConnectionOpened(connection => Execute(connection, onOpen));
        var setup = new MultiDataOptionsSetup();
        setup.AddDataOptions(EventStore.Plugin, options);
        return setup;
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of this assembly.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
