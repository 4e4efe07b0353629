using ActorWebhooks.Server.Storage;
using ActorWebhooks.Server.Storage.Sqlite;
using ActorWebhooks.Server.Tests.Testing;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Persistence;
using Akka.Persistence.Sql.Config;
using Akka.TestKit.Xunit2;
using LinqToDB.Data;
using Microsoft.Data.Sqlite;

namespace ActorWebhooks.Server.Tests.Storage;

/// <summary>The journal as the server sets it up for a SQLite file.</summary>
public sealed class JournalTests : TestKit
{
    private const string Webhook = "webhook-a";

    private readonly Folder _folder;
    private readonly SqliteStore _store;

    public JournalTests()
        : this(new Folder())
    {
    }

    private JournalTests(Folder folder)
        : this(folder, Open(folder))
    {
    }

    private JournalTests(Folder folder, SqliteStore store)
        : base(ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(TestPayloads.Config.WithFallback(store.Profile).WithFallback(DefaultConfig)), store.Connections))
    {
        _folder = folder;
        _store = store;
    }

    [Fact]
    public void What_was_written_is_read_back()
    {
        Write(1);
        Write(2);

        Assert.Equal([1, 2], Read());
    }

    [Fact]
    public void Deleted_rows_are_gone_and_their_numbers_are_not_used_again()
    {
        Write(1);
        Write(2);

        Journal.Tell(new DeleteMessagesTo(Webhook, 2, TestActor));
        ExpectMsg<DeleteMessagesSuccess>();

        Assert.Empty(Read(highest: 2));
    }

    [Fact]
    public void Reads_do_not_wait_for_whoever_writes()
    {
        Write(1);
        using var other = new SqliteConnection($"Data Source={_store.File}");
        other.Open();
        using var transaction = other.BeginTransaction(deferred: false);

        Assert.Equal([1], Read());
    }

    [Fact]
    public void Connections_flush_every_commit_and_wait_for_the_lock_where_waiting_is_short()
    {
        Assert.True(((MultiDataOptionsSetup)_store.Connections).TryGetDataOptionsFor(EventStore.Plugin, out var options));
        using var connection = new DataConnection(options!);

        Assert.Equal(2, connection.Execute<int>("PRAGMA synchronous"));
        Assert.Equal(5000, connection.Execute<int>("PRAGMA busy_timeout"));
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _store.Dispose();
        _folder.Dispose();
    }

    private IActorRef Journal => Persistence.Instance.Apply(Sys).JournalFor(EventStore.Plugin);

    private void Write(int number)
    {
        var row = new Persistent($"row {number}", number, Webhook, "", false, null, "");
        Journal.Tell(new WriteMessages([new AtomicWrite(row)], TestActor, 1), TestActor);
        ExpectMsg<WriteMessagesSuccessful>(TimeSpan.FromSeconds(20));
        ExpectMsg<WriteMessageSuccess>();
    }

    private long[] Read(int? highest = null)
    {
        Journal.Tell(new ReplayMessages(1, 10, 10, Webhook, TestActor), TestActor);
        var numbers = new List<long>();
        while (true)
        {
            switch (ExpectMsg<object>(TimeSpan.FromSeconds(20)))
            {
                case ReplayedMessage row:
                    numbers.Add(row.Persistent.SequenceNr);
                    break;
                case RecoverySuccess end:
                    Assert.Equal(highest ?? numbers[^1], end.HighestSequenceNr);
                    return [.. numbers];
                case var other:
                    Assert.Fail($"{other}");
                    break;
            }
        }
    }

    private static SqliteStore Open(Folder folder)
    {
        var store = new SqliteStore(folder.Path);
        store.Open();
        return store;
    }
}
