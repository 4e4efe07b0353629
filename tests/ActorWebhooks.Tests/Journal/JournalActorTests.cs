using ActorWebhooks.Actors;
using ActorWebhooks.Journal;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Readiness;
using Akka.Actor;
using Akka.Persistence;

namespace ActorWebhooks.Tests.Journal;

public sealed class JournalActorTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly ReadRows Read = new(7, "webhook-outbox:audit", 1, 1, 1000);

    [Fact]
    public void Plugin_that_has_stopped_is_told_once_and_what_is_asked_of_it_fails_at_once()
    {
        var plugin = CreateTestProbe();
        var door = Open(plugin.Ref);
        EventFilter.Error(contains: "the journal plugin has stopped").ExpectOne(() => Sys.Stop(plugin.Ref));

        door.Tell(Read, TestActor);

        Assert.Contains("start the node again", ExpectMsg<JournalFailed>(failed => failed.Number == 7).Cause, StringComparison.Ordinal);
        Assert.Contains("start the node again", Assert.Single(NodeReadiness.Get(Sys).ReadReasons()), StringComparison.Ordinal);
    }

    [Fact]
    public void Request_without_an_answer_fails_in_time_and_a_late_answer_is_nobody_elses()
    {
        var plugin = CreateTestProbe();
        var door = Open(plugin.Ref);
        door.Tell(Read, TestActor);
        var late = plugin.ExpectMsg<ReplayMessages>();
        Assert.Equal(7, ExpectMsg<JournalFailed>().Number);

        door.Tell(Read with { Number = 8 }, TestActor);
        var asked = plugin.ExpectMsg<ReplayMessages>();
        late.PersistentActor.Tell(new RecoverySuccess(1));
        asked.PersistentActor.Tell(new RecoverySuccess(2));

        var read = ExpectMsg<RowsRead>();
        Assert.Equal((8, 2), (read.Number, read.Newest));
    }

    [Fact]
    public void No_more_than_eight_reads_are_under_way_at_once_and_all_are_done()
    {
        var plugin = CreateTestProbe();
        var door = Open(plugin.Ref, TimeSpan.FromMinutes(1));
        for (var i = 1; i <= 10; i++)
            door.Tell(Read with { Number = i }, TestActor);
        var first = Enumerable.Range(0, 8).Select(_ => plugin.ExpectMsg<ReplayMessages>()).ToList();
        plugin.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        foreach (var read in first)
            read.PersistentActor.Tell(new RecoverySuccess(0));
        for (var i = 0; i < 2; i++)
            plugin.ExpectMsg<ReplayMessages>().PersistentActor.Tell(new RecoverySuccess(0));

        Assert.Equal(Enumerable.Range(1, 10), ReceiveN(10).Cast<RowsRead>().Select(read => (int)read.Number).Order());
    }

    private IActorRef Open(IActorRef plugin, TimeSpan? timeout = null) =>
        Sys.ActorOf(ActorFactory.Props(() => new JournalActor(
            () => plugin, timeout ?? TimeSpan.FromMilliseconds(300), new JournalWatch(TimeProvider.System, Random.Shared))));
}
