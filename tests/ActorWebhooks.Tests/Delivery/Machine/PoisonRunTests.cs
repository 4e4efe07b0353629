using ActorWebhooks.Configuration;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;
using ActorWebhooks.Tests.Testing;
using CsCheck;

namespace ActorWebhooks.Tests.Delivery.Machine;

/// <summary>Bad events that stand one behind the other.</summary>
public sealed class PoisonRunTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly WebhookDefinition Webhook = Some.Webhook with { Throttle = TimeSpan.Zero, DiscardAfter = null };

    [Theory]
    [InlineData(50, 20, 2)]
    [InlineData(50, 20, 3)]
    [InlineData(50, 20, 7)]
    [InlineData(50, 20, 12)]
    [InlineData(50, 20, 16)]
    [InlineData(50, 0, 6)]
    [InlineData(50, 34, 16)]
    [InlineData(50, 42, 16)]
    [InlineData(8, 8, 8)]
    [InlineData(8, 0, 16)]
    [InlineData(1, 3, 16)]
    public void Run_of_bad_events_is_buried_wherever_it_stands_and_the_others_are_delivered_in_order(int batch, int place, int bad)
    {
        foreach (var status in (int[])[500, 409, 400, 422])
        {
            using var rig = new MachineRig(Webhook with { Batch = new BatchLimits(batch, 100_000) });
            var ids = Ids(80, (place, bad));
            rig.Accept(ids);

            rig.Run(new RefusesBad(status), Day);

            AssertEndedWell(rig, ids);
        }
    }

    [Fact]
    public void Wherever_bad_events_stand_they_alone_are_buried_and_the_others_come_in_order_once() =>
        Gen.Select(
            Gen.Int[1, 120], Gen.Int[1, 60], Gen.Int[1, 8], Gen.OneOf(500, 409, 503, 404, 400, 422), Gen.Select(Gen.Int[0, 119], Gen.Int[1, PoisonSearch.LongestRun]).Array[0, 4]).Sample(
            (count, batch, attempts, status, runs) =>
            {
                using var rig = new MachineRig(Webhook with { PoisonAttempts = attempts, Batch = new BatchLimits(batch, 100_000) });
                var ids = Ids(count, runs);

                // Nothing tells the last events of all from an endpoint in trouble, before another comes.
                ids.Add("last");
                rig.Accept(ids);
                rig.Run(new RefusesBad(status), Day * 5);

                AssertEndedWell(rig, ids);
                var bad = ids.Count(IsBad);
                var batches = 1 + (ids.Count / batch);
                Assert.InRange(rig.Requests.Count, 0, (batches * attempts) + (2 * count) + (bad * ((5 * attempts) + PoisonSearch.LongestRun)) + 10);
            },
            iter: 2_000);

    [Fact]
    public void Bad_events_that_come_one_after_the_other_are_buried_once_another_has_come()
    {
        using var rig = new MachineRig(Webhook);
        var ids = Enumerable.Range(0, PoisonSearch.LongestRun).Select(i => $"bad-{i}").Append("good").ToList();
        foreach (var id in ids)
        {
            rig.Accept(id);
            rig.Run(new RefusesBad(500), TimeSpan.FromHours(1));
        }

        rig.Run(new RefusesBad(500), Day);

        AssertEndedWell(rig, ids);
    }

    [Fact]
    public void Run_that_is_longer_than_any_that_is_looked_for_is_taken_for_the_endpoint()
    {
        using var rig = new MachineRig(Webhook);
        rig.Accept([.. Enumerable.Range(0, 40).Select(i => $"bad-{i}"), .. Ids(10)]);

        rig.Run(new RefusesBad(500), Day * 10);

        Assert.Empty(rig.Delivered);
        Assert.Equal(0, rig.Status.Dead);
        rig.AssertBalanced();
    }

    [Fact]
    public void Endpoint_that_fails_after_one_event_has_passed_costs_the_suspect_at_most_and_not_the_others_that_failed()
    {
        using var rig = new MachineRig(Webhook with { PoisonAttempts = 2 });
        rig.Accept(Ids(40, (0, 4)));

        rig.Run(new FailsAfterOne(), Day * 3);

        Assert.Single(rig.Delivered);

        Assert.InRange(rig.Status.Dead, 0, 1);
    }

    [Fact]
    public void Endpoint_that_is_down_for_a_while_gets_everything_in_order_and_costs_nothing() =>
        Gen.Select(Gen.Int[6, 60], Gen.Int[1, 20], Gen.Int[1, 8], Gen.Int[1, 60 * 60 * 24], Gen.OneOf(500, 409, 401, 400)).Sample(
            (count, batch, attempts, seconds, status) =>
            {
                using var rig = new MachineRig(Webhook with { PoisonAttempts = attempts, Batch = new BatchLimits(batch, 100_000) });
                var ids = Enumerable.Range(0, count).Select(i => $"{i}").ToList();
                rig.Accept(ids);
                rig.Run(new Says(Outcomes.Status(status)), TimeSpan.FromSeconds(seconds));
                var refused = rig.DeadIds.ToList();
                Assert.InRange(refused.Count, 0, status == 400 ? 5 : 0);
                rig.Run(new Says(Outcomes.Status(200)), TimeSpan.FromHours(1));

                Assert.Equal(ids.Except(refused), rig.Delivered);
                Assert.Equal(refused, rig.DeadIds);
                Assert.Equal((0, 0L), (rig.Status.Waiting, rig.Budget.UsedBytes));
                rig.AssertBalanced();
            });

    [Theory]
    [InlineData("gone")]
    [InlineData("abandon")]
    [InlineData("another endpoint")]
    [InlineData("lossy")]
    [InlineData("interrupt")]
    public void Search_that_is_broken_off_in_the_middle_of_a_run_keeps_the_order_and_loses_nothing(string how)
    {
        using var rig = new MachineRig(Webhook with { PoisonAttempts = 1, Batch = new BatchLimits(1, 100_000) });
        string[] ids = ["bad-1", "bad-2", "bad-3", "1", "2"];
        rig.Accept(ids);
        foreach (var id in (string[])["bad-1", "bad-2", "bad-1", "bad-3", "bad-1"])
        {
            if (rig.Requests.Count > 1 && id == "bad-1")
                rig.Pass(rig.Wait!.Value);
            Assert.Equal([id], rig.Exchange(500).Ids);
        }

        Assert.Equal(["1"], rig.Send().Ids);
        switch (how)
        {
            case "gone":
                rig.Finish(410);
                Assert.Equal(ids, rig.DeadIds);
                break;
            case "abandon":
                Assert.Equal(5, rig.Machine.Abandon());
                break;
            case "another endpoint":
                rig.Machine.Reconfigure(rig.Machine.Definition with { Url = new Uri("http://127.0.0.1:9/other") });
                rig.Finish(500);
                rig.Run(new Says(Outcomes.Status(200)), TimeSpan.Zero);
                Assert.Equal(ids, rig.Delivered);
                break;
            case "lossy":
                rig.Machine.Reconfigure(rig.Machine.Definition with { Lossy = true });
                rig.Finish(500);
                rig.Run(new Says(Outcomes.Status(200)), TimeSpan.FromMinutes(1));
                Assert.Equal(ids, rig.Delivered);
                break;
            default:
                rig.Machine.Interrupt();
                rig.Run(new RefusesBad(500), Day);
                Assert.Equal(["1", "2"], rig.Delivered);
                Assert.Equal(["bad-1", "bad-2", "bad-3"], rig.DeadIds);
                break;
        }

        Assert.Equal((0, 0L), (rig.Status.Waiting, rig.Budget.UsedBytes));
        rig.AssertBalanced();
    }

    [Fact]
    public void Search_during_an_outage_makes_no_more_requests_than_the_backoff_alone() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 20], Gen.Int[1, 8], Gen.Int[1, 60 * 60 * 24 * 3], Gen.OneOf(500, 409, 401)).Sample(
            (count, batch, attempts, seconds, status) =>
            {
                int Requests(int poisonAttempts)
                {
                    using var rig = new MachineRig(Webhook with { PoisonAttempts = poisonAttempts, Batch = new BatchLimits(batch, 100_000) });
                    rig.Accept(Ids(count));
                    rig.Run(new Says(Outcomes.Status(status)), TimeSpan.FromSeconds(seconds));
                    return rig.Requests.Count;
                }

                // The other of two that belong together may have begun its wait.
                Assert.InRange(Requests(attempts), 0, Requests(0) + 1);
            });

    [Fact]
    public void Outage_in_the_middle_of_a_search_costs_no_good_event() =>
        Gen.Select(
            Gen.Int[1, 80], Gen.Int[1, 60], Gen.Int[1, 8], Gen.Select(Gen.Int[0, 79], Gen.Int[1, PoisonSearch.LongestRun]).Array[0, 3],
            Gen.Int[0, 60 * 60 * 12], Gen.Int[1, 60 * 60 * 24]).Sample(
            (count, batch, attempts, runs, start, seconds) =>
            {
                using var rig = new MachineRig(Webhook with { PoisonAttempts = attempts, Batch = new BatchLimits(batch, 100_000) });
                var ids = Ids(count, runs);
                ids.Add("last");
                rig.Accept(ids);
                rig.Run(new RefusesBad(500), TimeSpan.FromSeconds(start));
                rig.Run(new Says(Outcomes.Status(503)), TimeSpan.FromSeconds(seconds));
                rig.Run(new RefusesBad(500), Day * 20);

                Assert.Equal(ids.Where(id => !IsBad(id)).Order(), rig.Delivered.Order());
                Assert.Equal(ids.Where(IsBad), rig.DeadIds);
                Assert.Equal((0, 0L), (rig.Status.Waiting, rig.Budget.UsedBytes));
                rig.AssertBalanced();
            },
            iter: 1_000);

    private static List<string> Ids(int good, params IEnumerable<(int Place, int Count)> runs)
    {
        List<string> ids = [.. Enumerable.Range(0, good).Select(i => $"{i}")];
        var bad = 0;
        foreach (var (place, count) in runs)
        {
            var at = place % (ids.Count + 1);
            var before = ids.Take(at).Reverse().TakeWhile(IsBad).Count();
            var behind = ids.Skip(at).TakeWhile(IsBad).Count();
            ids.InsertRange(at, Enumerable.Range(0, Math.Max(0, Math.Min(count, PoisonSearch.LongestRun - before - behind))).Select(_ => $"bad-{bad++}"));
        }

        return ids;
    }

    private sealed record FailsAfterOne : SimulatedReceiver
    {
        private bool _hasPassed;

        public override AttemptOutcome Answer(Batch batch)
        {
            var isPassed = !_hasPassed && !batch.Events.Ids().Any(IsBad);
            _hasPassed |= isPassed;
            return Outcomes.Status(isPassed ? 200 : 500);
        }
    }

    private static bool IsBad(string id) => id.StartsWith("bad", StringComparison.Ordinal);

    private static void AssertEndedWell(MachineRig rig, List<string> ids)
    {
        Assert.Equal(ids.Where(id => !IsBad(id)), rig.Delivered);
        Assert.Equal(ids.Where(IsBad), rig.DeadIds);
        Assert.All(rig.Machine.DeadLetters.All(), letter => Assert.True(letter.Reason is DeadLetterReason.Poisonous or DeadLetterReason.Refused));
        Assert.Equal((0, 0L), (rig.Status.Waiting, rig.Budget.UsedBytes));
        rig.AssertBalanced();
    }
}
