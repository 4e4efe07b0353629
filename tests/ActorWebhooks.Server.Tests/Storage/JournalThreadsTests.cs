using System.Collections.Concurrent;
using ActorWebhooks.Server.Storage;
using ActorWebhooks.Server.Storage.Sqlite;
using ActorWebhooks.Server.Tests.Testing;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Persistence;
using Akka.Persistence.Sql.Config;
using Akka.TestKit.Xunit2;
using LinqToDB;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ActorWebhooks.Server.Tests.Storage;

/// <summary>SQLite blocks whoever calls it, so that nobody may call it from the thread pool.</summary>
public sealed class JournalThreadsTests : TestKit
{
    private const string Webhook = "webhook-a";

    private readonly Folder _folder;
    private readonly SqliteStore _store;
    private readonly ConcurrentBag<bool> _isOnPool;

    public JournalThreadsTests()
        : this(new Folder(), [])
    {
    }

    private JournalThreadsTests(Folder folder, ConcurrentBag<bool> isOnPool)
        : this(folder, new SqliteStore(folder.Path), isOnPool)
    {
    }

    private JournalThreadsTests(Folder folder, SqliteStore store, ConcurrentBag<bool> isOnPool)
        : base(ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(TestPayloads.Config.WithFallback(store.Profile).WithFallback(DefaultConfig)), Watched(store, isOnPool)))
    {
        (_folder, _store, _isOnPool) = (folder, store, isOnPool);
    }

    [Fact]
    public void Writes_reads_and_deletions_run_on_threads_of_their_own()
    {
        var journal = Persistence.Instance.Apply(Sys).JournalFor(EventStore.Plugin);
        for (var i = 1; i <= 20; i++)
        {
            journal.Tell(new WriteMessages([new AtomicWrite(new Persistent("row", i, Webhook, "", false, null, ""))], TestActor, 1), TestActor);
            FishForMessage(message => message is WriteMessageSuccess, TimeSpan.FromSeconds(30));
            _ = Task.Run(() => journal.Tell(new ReplayMessages(1, 10, 10, Webhook, TestActor), TestActor));
            FishForMessage(message => message is RecoverySuccess, TimeSpan.FromSeconds(30));
        }

        journal.Tell(new DeleteMessagesTo(Webhook, 10, TestActor));
        ExpectMsg<DeleteMessagesSuccess>(TimeSpan.FromSeconds(30));

        Assert.NotEmpty(_isOnPool);
        Assert.DoesNotContain(true, _isOnPool);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _store.Dispose();
        _folder.Dispose();
    }

    // SQLite calls the hook while it runs a statement, on the thread that runs it.
    private static MultiDataOptionsSetup Watched(SqliteStore store, ConcurrentBag<bool> isOnPool)
    {
        store.Open();
        Assert.True(((MultiDataOptionsSetup)store.Connections).TryGetDataOptionsFor(EventStore.Plugin, out var options));
        var setup = new MultiDataOptionsSetup();
        setup.AddDataOptions(EventStore.Plugin, options!.UseAfterConnectionOpened(connection => raw.sqlite3_progress_handler(
            ((SqliteConnection)connection).Handle,
            1,
            _ =>
            {
                isOnPool.Add(Thread.CurrentThread.IsThreadPoolThread);
                return 0;
            },
            null)));
        return setup;
    }
}
