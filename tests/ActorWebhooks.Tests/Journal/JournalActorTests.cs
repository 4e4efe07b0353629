using System.Data.Common;
using ActorWebhooks.Actors;
using ActorWebhooks.Journal;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;
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

    [Theory]
    [InlineData(typeof(TypeLoadException))]
    [InlineData(typeof(ArgumentNullException))]
    [InlineData(typeof(NullReferenceException))]
    [InlineData(typeof(FileNotFoundException))]
    [InlineData(typeof(AggregateException))]
    [InlineData(typeof(System.Runtime.Serialization.SerializationException))]
    public void Row_that_cannot_be_read_while_the_journal_answers_is_read_as_damaged_and_the_others_as_they_are(Type fault)
    {
        var door = Open(Sys.ActorOf(Akka.Actor.Props.Create(() => new PluginWithABadRow((Exception)Activator.CreateInstance(fault)!, null))));

        door.Tell(Read with { To = 4 }, TestActor);

        var read = ExpectMsg<RowsRead>();
        Assert.Equal((4, 4), (read.ReadTo, read.Newest));
        Assert.Equal([(1, 1), (2, 0), (3, 1), (4, 1)], read.Rows.Select(row => ((int)row.Row, row.Content.Bytes.Length)));
    }

    [Theory]
    [InlineData(typeof(LostConnection))]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(TimeoutException))]
    [InlineData(typeof(OperationCanceledException))]
    public void Database_that_does_not_answer_damages_no_row(Type fault)
    {
        var cause = (Exception)Activator.CreateInstance(fault)!;
        var door = Open(Sys.ActorOf(Akka.Actor.Props.Create(() => new PluginWithABadRow(new AggregateException(cause), null))));

        door.Tell(Read with { To = 4 }, TestActor);

        Assert.Equal(cause.Message, ExpectMsg<JournalFailed>().Cause);
    }

    [Fact]
    public void Fault_of_any_kind_damages_no_row_while_the_journal_does_not_answer_either()
    {
        var door = Open(Sys.ActorOf(Akka.Actor.Props.Create(() =>
            new PluginWithABadRow(new InvalidOperationException("not now"), new InvalidOperationException("not at all")))));

        door.Tell(Read with { To = 4 }, TestActor);

        Assert.Contains("not at all", ExpectMsg<JournalFailed>().Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_without_rows_behind_a_bad_row_are_not_read_one_by_one_without_end()
    {
        var door = Open(Sys.ActorOf(Akka.Actor.Props.Create(() => new PluginWithABadRow(new TypeLoadException(), null))), TimeSpan.FromSeconds(20));

        door.Tell(Read with { To = long.MaxValue - 1 }, TestActor);

        Assert.InRange(ExpectMsg<RowsRead>(TimeSpan.FromSeconds(20)).ReadTo, 4, 2_000);
    }

    private IActorRef Open(IActorRef plugin, TimeSpan? timeout = null) =>
        Sys.ActorOf(ActorFactory.Props(() => new JournalActor(
            () => plugin, timeout ?? TimeSpan.FromMilliseconds(300), new JournalWatch(TimeProvider.System, Random.Shared))));

    /// <summary>Four rows, the second of which no plugin can hand over.</summary>
    private sealed class PluginWithABadRow(Exception fault, Exception? faultOfAll) : UntypedActor
    {
        private const int BadRow = 2;
        private const int Newest = 4;

        protected override void OnReceive(object message)
        {
            var replay = (ReplayMessages)message;
            if (replay.Max == 0)
            {
                replay.PersistentActor.Tell(faultOfAll is null ? new RecoverySuccess(Newest) : new ReplayMessagesFailure(faultOfAll));
                return;
            }

            for (var row = replay.FromSequenceNr; row <= Math.Min(Newest, replay.ToSequenceNr); row++)
            {
                if (row == BadRow)
                {
                    replay.PersistentActor.Tell(new ReplayMessagesFailure(fault));
                    return;
                }

                replay.PersistentActor.Tell(new ReplayedMessage(new Persistent(new JournalRow([1]), row, replay.PersistenceId)));
            }

            replay.PersistentActor.Tell(new RecoverySuccess(Newest));
        }
    }

    private sealed class LostConnection : DbException;
}
