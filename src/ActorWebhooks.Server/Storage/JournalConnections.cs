using System.Data.Common;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Persistence.Sql.Config;
using Akka.Persistence.Sql.Journal.Types;
using LinqToDB;
using LinqToDB.Interceptors;

namespace ActorWebhooks.Server.Storage;

/// <summary>How the journal plugin gets its connections.</summary>
internal static class JournalConnections
{
    /// <param name="onOpen">SQL for each connection before it is used.</param>
    /// <param name="check">Throws when the database may not be used; asked before each use of a connection and after it.</param>
    public static Setup Create(Config profile, string connectionString, string? onOpen = null, Action? check = null)
    {
        var provider = profile.GetString($"{EventStore.Plugin}.provider-name");
        var options = new DataOptions().UseConnectionString(provider, connectionString).UseInterceptor(new RowGuard());
        if (check is not null)
            options = options.UseInterceptor(new UseCheck(check));
        if (onOpen is not null)
        {
            options = options.UseAfterConnectionOpened(connection =>
            {
                check?.Invoke();
                Execute(connection, onOpen);
            });
        }

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

    /// <summary>
    /// Gives a row that names no serializer the number of one that does not exist, so that it is a damaged row. The plugin looks up the type that such a
    /// row names: it loads assemblies for it, and a long enough name overflows the stack, which ends the process.
    /// </summary>
    private sealed class RowGuard : EntityServiceInterceptor
    {
        private const int NoSerializer = int.MinValue;

        public override object EntityCreated(EntityCreatedEventData eventData, object entity)
        {
            if (entity is JournalRow { Identifier: null } row)
                row.Identifier = NoSerializer;
            return entity;
        }
    }

    /// <summary>Asks after a use: the connection is back in its pool by then, and what it has committed is not yet confirmed.</summary>
    private sealed class UseCheck(Action check) : DataContextInterceptor
    {
        public override void OnClosed(DataContextEventData eventData) => check();

        public override Task OnClosedAsync(DataContextEventData eventData)
        {
            check();
            return Task.CompletedTask;
        }
    }
}
