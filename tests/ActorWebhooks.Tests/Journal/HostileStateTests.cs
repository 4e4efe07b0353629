using ActorWebhooks.Journal;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Tests.Testing;
using CsCheck;

namespace ActorWebhooks.Tests.Journal;

/// <summary>Rows that somebody wrote into the database with right checksums, whose numbers are nonsense.</summary>
public sealed class HostileStateTests
{
    private const int MostSteps = 3_000;

    [Fact]
    public void Whatever_numbers_a_row_holds_a_webhook_that_reads_it_throws_nothing_and_comes_to_rest() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[0, 30], Gen.Select(Gen.Double[0, 0.999999], Gen.Byte).Array[1, 6], Gen.Int[0, 3]).Sample(
            (batches, delivered, changes, which) =>
            {
                var time = new ManualTime();
                var journal = new SimulatedJournal();
                using (var before = Node(time))
                {
                    for (var i = 0; i < batches; i++)
                        before.Publish(Some.EventOfSize($"{i}", 100), isAwaited: true);
                    Run(before, journal, time, attempts: delivered % (batches + 1));
                }

                Spoil(journal, changes, which);
                using var after = Node(time);
                Run(after, journal, time, attempts: int.MaxValue);
            },
            iter: 5_000);

    public static TheoryData<string, long, bool> FarRows
    {
        get
        {
            var rows = new TheoryData<string, long, bool>();
            foreach (var stream in new[] { SimulatedNode.Ids.Of(JournalStream.Outbox, 1), SimulatedNode.Ids.Of(JournalStream.DeadLetters, 1), SimulatedNode.Ids.Claims })
            {
                foreach (var row in new[] { 1_000_000_000, 1L << 61 })
                    rows.Add(stream, row, true);
                foreach (var row in new[] { (1L << 62) + 1, long.MaxValue - 1, long.MaxValue })
                    rows.Add(stream, row, false);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(FarRows))]
    public async Task Row_with_a_number_far_ahead_is_jumped_to_or_the_webhook_refuses_and_asks_now_and_then(string stream, long row, bool isJumpedTo)
    {
        var time = new ManualTime();
        var journal = new SimulatedJournal();
        using (var before = Node(time))
        {
            _ = before.Publish(Some.EventOfSize("1", 100), isAwaited: true);
            Run(before, journal, time, attempts: 0);
        }

        journal.Rows(stream)[row] = journal.Rows(stream == SimulatedNode.Ids.Claims ? stream : SimulatedNode.Ids.Of(JournalStream.Outbox, 1)).Values.Last();
        using var after = Node(time);
        var receipt = after.Publish(Some.EventOfSize("2", 100), isAwaited: true)!;
        var requests = 0;
        for (var end = time.Elapsed + TimeSpan.FromMinutes(1); time.Elapsed < end;)
        {
            after.Work();
            if (after.Requests.Count > 0)
            {
                Assert.InRange(++requests, 1, 300);
                var request = after.Requests[0];
                after.Requests.RemoveAt(0);
                after.Answer(journal.Do(request));
            }
            else if (after.Sent is not null)
            {
                after.Finish(Outcomes.Status(200));
            }
            else
            {
                time.Pass(TimeSpan.FromMilliseconds(500));
            }
        }

        Assert.Equal(isJumpedTo, (await receipt).IsAccepted);
        Assert.Equal(isJumpedTo, after.Status.Delivered > 0);
    }

    private static SimulatedNode Node(ManualTime time) =>
        new(Some.Webhook, new JournalLimits(400, 3_000, MaxBytes: 1L << 40, RowsPerDelete: 2), Some.Letters(), time);

    // Until it asks for nothing more.
    private static void Run(SimulatedNode node, SimulatedJournal journal, ManualTime time, int attempts)
    {
        var idle = 0;
        for (var step = 0; step < MostSteps && idle < 5; step++)
        {
            node.Work();
            if (node.Requests.Count > 0)
            {
                var request = node.Requests[0];
                node.Requests.RemoveAt(0);
                node.Answer(journal.Do(request));
                idle = 0;
            }
            else if (node.Sent is not null && attempts-- > 0)
            {
                node.Finish(Outcomes.Status(200));
                idle = 0;
            }
            else
            {
                idle++;
                time.Pass(TimeSpan.FromSeconds(2));
            }
        }

        Assert.True(idle >= 5, $"It does not come to rest: {node.Status.State}.");
    }

    private static void Spoil(SimulatedJournal journal, (double Where, byte Value)[] changes, int which)
    {
        string[] streams = [SimulatedNode.Ids.Of(JournalStream.Outbox, 1), SimulatedNode.Ids.Of(JournalStream.DeadLetters, 1), SimulatedNode.Ids.Claims, SimulatedNode.Ids.Of(JournalStream.Outbox, 1)];
        var rows = journal.Rows(streams[which]);
        if (rows.Count == 0)
            return;
        var row = rows.Keys.Last();
        var content = rows[row];
        Assert.True(RowFrame.TryReadHead(content.Bytes, out var head, out var fault), fault);
        Assert.True(RowFrame.TryReadBody(content.Bytes, out var body, out fault), fault);
        var changed = head.ToArray();
        foreach (var (where, value) in changes)
            changed[(int)(where * changed.Length)] = value;
        rows[row] = new JournalRow(RowFrame.Write(changed, body));
    }
}
