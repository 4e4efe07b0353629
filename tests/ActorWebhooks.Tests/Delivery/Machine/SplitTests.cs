using ActorWebhooks.Configuration;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Delivery.Machine;

public sealed class SplitTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(422)]
    public void Refused_event_stands_alone_in_the_end_and_the_others_are_delivered_in_order(int status)
    {
        using var rig = new MachineRig();
        var good = Numbered("good", 99).ToList();
        rig.Accept([.. good[..50], "bad", .. good[50..]]);

        rig.Run(new RefusesBad(status), TimeSpan.Zero);

        Assert.Equal(good, rig.Delivered);
        var letter = rig.Machine.DeadLetters.All().Single();
        Assert.Equal(("bad", DeadLetterReason.Refused, status, $"said {status}"), (letter.Event.Id, letter.Reason, letter.Status, letter.Response));
        Assert.InRange(rig.Requests.Count, 2, 16);
        Assert.Equal(0, rig.Budget.UsedBytes);
        rig.AssertBalanced();
    }

    [Fact]
    public void Halves_of_a_batch_are_batches_of_their_own()
    {
        using var rig = new MachineRig();
        var whole = rig.Accept("1", "2", "3").Exchange(422);
        var first = rig.Exchange(200);
        var second = rig.Exchange(200);

        Assert.Equal([["1"], ["2", "3"]], new[] { first.Ids, second.Ids });
        Assert.Equal(3, new[] { whole.BatchId, first.BatchId, second.BatchId }.Distinct().Count());
    }

    [Fact]
    public void Parts_of_a_split_batch_wait_for_no_window_and_later_events_for_theirs()
    {
        using var rig = new MachineRig();
        rig.Accept("1", "2").Send();
        rig.Accept("3");
        rig.Finish(400);

        Assert.Equal(["1"], rig.Exchange(200).Ids);
        Assert.Equal(["2"], rig.Exchange(200).Ids);
        Assert.Equal(Some.Webhook.Throttle, rig.Wait);
    }

    [Fact]
    public void Part_that_fails_otherwise_is_retried_before_the_next_part()
    {
        using var rig = new MachineRig();
        rig.Accept("1", "2").Exchange(400);
        var first = rig.Exchange(503);
        rig.Pass(rig.Wait!.Value);

        Assert.Equal(first.BatchId, rig.Exchange(200).BatchId);
        Assert.Equal(["2"], rig.Exchange(200).Ids);
    }

    [Fact]
    public void Endpoint_that_refuses_everything_for_a_minute_costs_five_events_and_few_requests()
    {
        using var rig = new MachineRig();
        var ids = Numbered("", 100).ToList();
        rig.Accept(ids);

        rig.Run(new Says(Outcomes.Status(400)), Minute);
        Assert.Equal(5, rig.Status.Dead);
        Assert.InRange(rig.Requests.Count, 5, 39);
        Assert.Equal(WebhookState.BackingOff, rig.Status.State);
        rig.Run(new Says(Outcomes.Status(200)), TimeSpan.FromMinutes(5));

        Assert.Equal(ids[..5], rig.DeadIds);
        Assert.Equal(ids[5..], rig.Delivered);
        rig.AssertBalanced();
    }

    [Fact]
    public void Success_between_refusals_makes_them_the_fault_of_the_events_again()
    {
        using var rig = new MachineRig(Some.Webhook with { Throttle = TimeSpan.Zero });
        var ids = Enumerable.Range(0, 40).Select(i => i % 4 == 3 ? $"good{i}" : $"bad{i}").ToList();
        rig.Accept(ids);

        rig.Run(new RefusesBad(422), TimeSpan.Zero);

        Assert.Equal(ids.Where(id => id.StartsWith('b')), rig.DeadIds);
        Assert.Equal(ids.Where(id => id.StartsWith('g')), rig.Delivered);
    }

    [Fact]
    public void Part_that_passes_shows_that_it_was_the_events_after_all()
    {
        using var rig = new MachineRig(Some.Webhook with { Throttle = TimeSpan.Zero });
        foreach (var id in Numbered("bad", 5))
            rig.Accept(id).Exchange(422);
        rig.Accept("good1", "good2", "bad6", "good3");

        rig.Run(new RefusesBad(422), Minute);

        Assert.Equal(["good1", "good2", "good3"], rig.Delivered);
        Assert.Equal(6, rig.Status.Dead);
        Assert.Equal(0, rig.Status.Waiting);
    }

    [Fact]
    public void Webhook_learns_what_size_of_body_its_endpoint_takes_and_tries_more_after_a_while()
    {
        var ofTen = BatchBody.FrameLength + (10 * Some.EventOfSize("000", 400).Encoded.Length) + 9;
        using var rig = new MachineRig(Some.Webhook with { Throttle = TimeSpan.Zero, Batch = new BatchLimits(1000, ofTen * 4) });
        foreach (var id in Enumerable.Range(0, 400))
            rig.Accept(Some.EventOfSize($"{id:D3}", 400));

        rig.Run(new TakesUpTo(ofTen), TimeSpan.Zero);

        Assert.Equal(Enumerable.Range(0, 400).Select(id => $"{id:D3}"), rig.Delivered);
        Assert.Equal(0, rig.Status.Dead);
        Assert.Equal([40, 20, 10, 10, 20, 10, 10], rig.Requests.Take(7).Select(request => request.Ids.Length));
        Assert.Equal(Enumerable.Repeat(10, 10).Append(20), rig.Requests.Skip(7).Take(11).Select(request => request.Ids.Length));
    }

    [Fact]
    public void Large_event_that_is_refused_makes_no_batch_smaller()
    {
        using var rig = new MachineRig(Some.Webhook with { Throttle = TimeSpan.Zero, Batch = new BatchLimits(1000, 2048) });
        rig.Accept(Some.EventOfSize("large", 5000));
        rig.Exchange(413);
        foreach (var id in Numbered("", 40))
            rig.Accept(Some.EventOfSize(id, 100));

        Assert.InRange(rig.Exchange(200).Batch.Body.Length, 1800, 2048);
        Assert.Equal(["large"], rig.DeadIds);
    }

    private static IEnumerable<string> Numbered(string name, int count) => Enumerable.Range(1, count).Select(i => $"{name}{i}");
}
