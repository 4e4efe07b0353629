using ActorWebhooks.Actors;
using ActorWebhooks.Journal;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Readiness;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;
using Akka.Persistence;

namespace ActorWebhooks.Tests.Journal;

/// <summary>The node's readiness, in virtual time, with a journal plugin that fails as the test says.</summary>
public sealed class JournalReadinessTests : VirtualTimeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Plugin _plugin = new();

    private NodeReadiness Readiness => NodeReadiness.Get(Sys);

    [Fact]
    public async Task Node_without_traffic_is_not_ready_while_the_journal_fails_and_is_ready_again_by_itself()
    {
        var door = Open();
        _plugin.Fails = true;

        await PassAsync(door, seconds: 4);
        Assert.Empty(Readiness.ReadReasons());
        await PassAsync(door, seconds: 5);
        Assert.Contains("The journal has refused writes", Assert.Single(Readiness.ReadReasons()), StringComparison.Ordinal);

        _plugin.Fails = false;
        await PassAsync(door, seconds: 7);
        Assert.Empty(Readiness.ReadReasons());
    }

    [Fact]
    public async Task Webhook_whose_own_rows_fail_does_not_make_the_node_unready()
    {
        var door = Open();
        _plugin.FailsOf = "webhook-outbox:audit";

        for (var second = 0; second < 20; second++)
        {
            door.Tell(new WriteRow(second, "webhook-outbox:audit", 1, new JournalRow(new byte[10])), TestActor);
            ExpectMsg<JournalFailed>();
            await PassAsync(door, seconds: 1);
            Assert.Empty(Readiness.ReadReasons());
        }
    }

    private IActorRef Open()
    {
        var (watch, behaviour) = (new JournalWatch(Time, new Random(1)), _plugin);
        var plugin = Sys.ActorOf(ActorFactory.Props(() => new StubPlugin(behaviour)));
        return Sys.ActorOf(ActorFactory.Props(() => new JournalActor(() => plugin, TimeSpan.FromSeconds(15), watch)));
    }

    private async Task PassAsync(IActorRef door, int seconds)
    {
        for (; seconds > 0; seconds--)
        {
            Readiness.ReadReasons();
            await Advance(door, Second);

            // To the plugin by way of a worker, and back.
            await Eventually.True(() => !((ActorRefWithCell)door).Children.Any());
            await Settle(door);
        }
    }

    private sealed class Plugin
    {
        public bool Fails { get; set; }

        public string? FailsOf { get; set; }
    }

    private sealed class StubPlugin(Plugin behaviour) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case WriteMessages write:
                    var row = (IPersistentRepresentation)((IEnumerable<IPersistentRepresentation>)write.Messages.Single().Payload).Single();
                    write.PersistentActor.Tell(behaviour.Fails || row.PersistenceId == behaviour.FailsOf
                        ? new WriteMessageFailure(row, new IOException("The disk is full."), 1)
                        : new WriteMessageSuccess(row, 1));
                    break;
                case DeleteMessagesTo delete:
                    delete.PersistentActor.Tell(new DeleteMessagesSuccess(delete.ToSequenceNr));
                    break;
            }
        }
    }
}
