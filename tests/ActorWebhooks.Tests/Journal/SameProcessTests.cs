using ActorWebhooks.Journal.Requests;

namespace ActorWebhooks.Tests.Journal;

/// <summary>A webhook is stopped, and lives again in the same process.</summary>
public sealed class SameProcessTests : IDisposable
{
    private readonly DurableRig _rig = new();

    public static TheoryData<int> Answers => [.. Enumerable.Range(0, 12)];

    public void Dispose() => _rig.Dispose();

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Row_of_the_former_life_that_comes_late_does_not_displace_the_next(int answers)
    {
        _rig.Start();
        _rig.PublishRows(1);
        _ = _rig.Publish(1);
        var late = Assert.IsType<WriteRow>(Assert.Single(_rig.Node.Requests));
        _rig.StartAgain();
        for (; answers > 0 && _rig.AnswerOne(); answers--)
        {
        }

        var isInJournal = _rig.Journal.Do(late) is RowWritten;
        _rig.AnswerJournal();
        Assert.True((await _rig.PublishAndWrite()).IsAccepted);
        _rig.Run(200);

        string[] expected = isInJournal ? ["0", "1", "2"] : ["0", "2"];
        Assert.Equal(expected, _rig.Delivered);
        Assert.Empty(_rig.Log.Errors);
    }

    [Fact]
    public void Webhook_that_was_stopped_with_nothing_under_way_goes_on_without_a_claim()
    {
        _rig.Start();
        _rig.PublishRows(1);
        _rig.Run(200);
        var epoch = _rig.Node.Epoch;
        for (var i = 0; i < 3; i++)
        {
            _rig.StartAgain();
            _rig.PublishRows(1);
            _rig.Run(200);
        }

        Assert.Equal(epoch, _rig.Node.Epoch);
        Assert.Equal(DurableRig.Ids(0, 4), _rig.Delivered);
    }

    [Fact]
    public void Late_row_is_fenced_off_once()
    {
        _rig.Start();
        _rig.PublishRows(1);
        _rig.Publish(1);
        _rig.StartAgain();
        _rig.PublishRows(1);
        _rig.Run(200);
        var epoch = _rig.Node.Epoch;
        _rig.StartAgain();
        _rig.PublishRows(1);
        _rig.Run(200);

        Assert.Equal(epoch, _rig.Node.Epoch);
    }
}
