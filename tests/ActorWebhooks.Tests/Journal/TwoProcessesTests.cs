using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Journal;

public sealed class TwoProcessesTests : IDisposable
{
    private readonly DurableRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Process_that_finds_rows_of_another_where_its_own_were_to_go_refuses_and_says_so_once()
    {
        _rig.Start();
        _rig.PublishRows(1);
        var displaced = _rig.Node;
        _rig.Start();
        _rig.AnswerJournal();
        _rig.PublishRows(1);
        var rows = _rig.Events.Select(row => (row.Key, row.Value)).ToList();

        var receipt = displaced.Publish(Some.Event("late"), isAwaited: true);
        Drive(displaced);
        var refusal = Assert.Single((await receipt!).Refusals);
        Assert.Equal(RefusalReason.JournalUnavailable, refusal.Reason);
        Assert.Equal(RefusalReason.JournalUnavailable, displaced.Refusal);
        displaced.AssertBalanced();
        for (var i = 0; i < 10; i++)
        {
            _rig.Time.Pass(TimeSpan.FromSeconds(10));
            Drive(displaced);
        }

        Assert.Equal(RefusalReason.JournalUnavailable, displaced.Refusal);
        Assert.Contains("another process has begun to write", Assert.Single(_rig.Log.Errors), StringComparison.Ordinal);
        Assert.Equal(rows, _rig.Events.Select(row => (row.Key, row.Value)));
        Assert.True((await _rig.PublishAndWrite()).IsAccepted);
    }

    [Fact]
    public void Row_of_an_earlier_process_that_comes_late_is_taken_on_and_ours_is_written_behind_it()
    {
        _rig.Start();
        _rig.AnswerJournal();
        _rig.Publish(2);
        var late = Assert.IsType<WriteRow>(Assert.Single(_rig.Node.Requests));
        _rig.Time.Pass(TimeSpan.FromSeconds(1));
        _rig.Start();
        _rig.AnswerJournal();
        _rig.Journal.Do(late);
        _rig.Publish(2);
        _rig.Run(200);

        Assert.Equal(DurableRig.Ids(0, 4), _rig.Delivered);
        Assert.Empty(_rig.Log.Errors);
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
