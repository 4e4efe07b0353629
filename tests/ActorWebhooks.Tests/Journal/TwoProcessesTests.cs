using ActorWebhooks.Delivery;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Ownership;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Journal;

public sealed class TwoProcessesTests : IDisposable
{
    private readonly DurableRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Former_owner_refuses_at_its_next_write_and_says_so_once()
    {
        var former = TakenOver();
        var rows = _rig.Events.Select(row => (row.Key, row.Value)).ToList();

        var receipt = former.Publish(Some.Event("late"), isAwaited: true);
        Drive(former);
        var refusal = Assert.Single((await receipt!).Refusals);
        Assert.Equal(RefusalReason.NotOwner, refusal.Reason);
        for (var i = 0; i < 10; i++)
        {
            _rig.Time.Pass(TimeSpan.FromSeconds(10));
            Drive(former);
        }

        former.AssertBalanced();
        Assert.Equal((RefusalReason.NotOwner, WebhookState.NotOwner), (former.Refusal, former.Status.State));
        Assert.Contains($"{_rig.Node.Owner.Name} has taken it over", Assert.Single(_rig.Log.Errors), StringComparison.Ordinal);
        Assert.Equal(rows, _rig.Events.Select(row => (row.Key, row.Value)));
        Assert.True((await _rig.PublishAndWrite()).IsAccepted);
    }

    [Fact]
    public async Task Former_owner_is_fenced_off_even_when_all_rows_up_to_where_it_writes_are_delivered_and_deleted()
    {
        var former = TakenOver();
        for (var i = 0; i < 300; i++)
        {
            _rig.PublishRows(1);
            _rig.Run(200);
        }

        Assert.InRange(_rig.Events.Keys.First(), 100, 1_000_000);
        var receipt = former.Publish(Some.Event("late"), isAwaited: true);
        Drive(former);

        Assert.Equal(RefusalReason.NotOwner, Assert.Single((await receipt!).Refusals).Reason);
    }

    [Fact]
    public void Former_owner_sends_nothing_more_once_its_ownership_is_not_confirmed()
    {
        _rig.Start();
        _rig.PublishRows(3);
        var former = _rig.Node;
        Assert.NotNull(former.Sent);
        StartAnother();
        _rig.Time.Pass(TimeSpan.FromSeconds(6));
        former.Finish(Outcomes.Status(503));
        _rig.Time.Pass(TimeSpan.FromSeconds(6));
        Drive(former);

        Assert.Null(former.Sent);
        Assert.Equal(WebhookState.NotOwner, former.Status.State);
    }

    [Fact]
    public async Task Events_that_the_former_owner_committed_before_it_was_fenced_off_are_delivered_by_the_new_one_at_once()
    {
        _rig.Start();
        _rig.PublishRows(1);
        var former = _rig.Node;
        var receipt = _rig.Publish(5);
        var write = Assert.IsType<WriteRow>(Assert.Single(former.Requests));
        StartAnother(answers: 5);
        former.Answer(_rig.Journal.Do(write));
        Assert.True((await receipt!).IsAccepted);
        _rig.Run(200);

        Assert.Equal(DurableRig.Ids(0, 6), _rig.Delivered);
        Assert.Empty(_rig.Log.Errors);
    }

    [Theory]
    [InlineData(410)]
    [InlineData(400)]
    public void Former_owner_can_bury_nothing_that_the_new_one_still_has_to_deliver(int status)
    {
        _rig.Start();
        _rig.PublishRows(200);
        var former = _rig.Node;
        StartAnother();
        for (var i = 0; i < 50 && former.Sent is not null; i++)
        {
            former.Finish(Outcomes.Status(status));
            Drive(former);
        }

        Assert.Equal(WebhookState.NotOwner, former.Status.State);
        _rig.Run(200);
        Assert.Equal(DurableRig.Ids(0, 200), _rig.Delivered);
        Assert.Equal((0, 0), (_rig.Node.Status.Dead, _rig.Unreadable));
    }

    [Fact]
    public void Owners_that_wrote_no_dead_letters_leave_no_trace_in_the_rows_of_later_ones()
    {
        _rig.Start();
        _rig.Bury(1);
        _rig.Run(200);
        for (var i = 0; i < 100; i++)
        {
            _rig.Start();
            _rig.PublishRows(1);
            _rig.Run(200);
        }

        Assert.True(RowDecoder.TryReadHead(_rig.Events.Values.Last(), out var head, out _));
        Assert.InRange(head.State.Segments.All.Length, 1, 10);
        Assert.InRange(head.State.DeadSegments.All.Length, 1, 10);
        Assert.Equal(["0"], _rig.Kept().Select(letter => letter.Event.Id));
        _rig.Node.Machine.Replay();
        _rig.Run(200);
        Assert.Equal("0", _rig.Delivered.Last());
    }

    [Fact]
    public void Owner_that_writes_on_and_on_is_fenced_off_all_the_same()
    {
        _rig.Start();
        _rig.PublishRows(1);
        var former = _rig.Node;
        _rig.StartBeside(LeaseState.Held);
        for (var i = 0; i < 200 && !former.Journal.IsDisplaced; i++)
        {
            for (var answers = 0; answers < 3; answers++)
                _rig.AnswerOne();
            former.Publish(Some.Event($"busy-{i}"), isAwaited: true);
            former.Work();
            if (former.Requests.Count > 0)
            {
                var request = former.Requests[0];
                former.Requests.RemoveAt(0);
                former.Answer(_rig.Journal.Do(request));
            }
        }

        Assert.True(former.Journal.IsDisplaced);
    }

    [Fact]
    public async Task Row_that_the_former_owner_wrote_delivered_and_deleted_meanwhile_does_not_hold_the_new_owner_up()
    {
        _rig.Start();
        _rig.PublishRows(2);
        var former = _rig.Node;
        _rig.StartBeside(LeaseState.Held);
        while (_rig.Node.Requests[0] is not WriteRow)
            _rig.AnswerOne();
        var fence = (WriteRow)_rig.Node.Requests[0];
        DeliverOneByOne(former, 5);
        Assert.True(_rig.Journal.Rows(fence.PersistenceId).ContainsKey(fence.Row));
        _rig.Journal.Do(new DeleteRows(0, fence.PersistenceId, fence.Row));
        _rig.Run(200);

        _ = former.Publish(Some.Event("late"), isAwaited: true);
        Drive(former);
        Assert.True(former.Journal.IsDisplaced);
        Assert.True((await _rig.PublishAndWrite()).IsAccepted);
        Assert.Equal(0, _rig.Unreadable);
    }

    [Fact]
    public void Former_owner_whose_row_the_new_one_has_delivered_and_deleted_finds_out_that_it_is_displaced()
    {
        _rig.Start();
        _rig.PublishRows(1);
        var former = _rig.Node;
        _ = former.Publish(Some.Event("in-doubt"), isAwaited: true);
        former.Work();
        var write = Assert.IsType<WriteRow>(Assert.Single(former.Requests));
        former.Requests.Clear();
        _rig.Journal.Do(write);
        StartAnother();
        _rig.Run(200);
        Assert.DoesNotContain(write.Row, _rig.Journal.Rows(write.PersistenceId).Keys);

        former.Answer(new JournalFailed(write.Number, "nobody knows"));
        Drive(former);
        Assert.True(former.Journal.IsDisplaced);
        Assert.Equal(["0", "in-doubt"], _rig.Delivered);
    }

    [Fact]
    public void Resume_holds_though_another_owner_wrote_before_the_webhook_was_claimed()
    {
        _rig.Start();
        _rig.PublishRows(1);
        _rig.Node.Machine.Pause();
        _rig.Run(200);
        var former = _rig.Node;
        StartAnother(lease: LeaseState.Expired);
        _rig.Node.Machine.Resume();
        former.Publish(Some.Event("meanwhile"), isAwaited: true);
        Drive(former);
        _rig.Node.Lease.State = LeaseState.Held;
        _rig.Run(200);

        Assert.Equal(["0", "meanwhile"], _rig.Delivered);
    }

    [Fact]
    public void Webhook_that_has_nothing_to_do_is_read_and_not_claimed()
    {
        _rig.Start();
        _rig.PublishRows(1);
        _rig.Run(200);
        var rows = _rig.Journal.Count;
        StartAnother();

        Assert.Equal(WebhookState.Idle, _rig.Node.Status.State);
        Assert.Equal(rows, _rig.Journal.Count);
    }

    [Fact]
    public void Webhook_is_not_claimed_while_the_lease_of_the_node_has_expired()
    {
        _rig.Start();
        _rig.PublishRows(1);
        var rows = _rig.Journal.Count;
        StartAnother(lease: LeaseState.Expired);
        _rig.Time.Pass(TimeSpan.FromMinutes(1));
        _rig.AnswerJournal();
        Assert.Equal((rows, true), (_rig.Journal.Count, _rig.Node.Sent is null));

        _rig.Node.Lease.State = LeaseState.Held;
        _rig.Run(200);
        Assert.Equal(["0"], _rig.Delivered);
    }

    [Fact]
    public async Task Node_that_has_lost_its_lease_for_good_refuses_what_comes()
    {
        _rig.Start();
        _rig.PublishRows(1);
        _rig.Run(200);
        _rig.Node.Lease.State = LeaseState.Lost;
        var receipt = _rig.Publish(1);

        Assert.Equal(RefusalReason.NotOwner, Assert.Single((await receipt!).Refusals).Reason);
        _rig.AnswerJournal();
        Assert.Equal(WebhookState.NotOwner, _rig.Node.Status.State);
    }

    [Fact]
    public void Fences_and_claims_of_former_owners_are_deleted_when_they_are_old()
    {
        for (var i = 0; i < 40; i++)
        {
            _rig.Start();
            _rig.PublishRows(1);
            _rig.Run(200);
            _rig.Time.Pass(TimeSpan.FromDays(1));
        }

        Assert.InRange(_rig.Journal.Count, 8, 60);
        Assert.Equal(40, _rig.Delivered.Count);
    }

    private SimulatedNode TakenOver()
    {
        _rig.Start();
        _rig.PublishRows(1);
        var former = _rig.Node;
        StartAnother();
        _rig.PublishRows(1);
        return former;
    }

    private void StartAnother(int answers = int.MaxValue, LeaseState lease = LeaseState.Held)
    {
        _rig.StartBeside(lease);
        for (; answers > 0 && _rig.AnswerOne(); answers--)
        {
        }
    }

    // Each in a row of its own.
    private void DeliverOneByOne(SimulatedNode node, int events)
    {
        for (var i = 0; i < events; i++)
        {
            _ = node.Publish(Some.Event($"meanwhile-{i}"), isAwaited: true);
            for (Drive(node); node.Status.Waiting > 0; Drive(node))
            {
                if (node.Sent is null)
                    _rig.Time.Pass(TimeSpan.FromSeconds(1));
                else
                    node.Finish(Outcomes.Status(200));
            }
        }
    }

    // Its attempts are left alone.
    private void Drive(SimulatedNode node)
    {
        for (node.Work(); node.Requests.Count > 0; node.Work())
        {
            var request = node.Requests[0];
            node.Requests.RemoveAt(0);
            node.Answer(_rig.Journal.Do(request));
        }
    }
}
