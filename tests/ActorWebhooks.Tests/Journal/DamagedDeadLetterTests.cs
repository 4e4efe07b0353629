namespace ActorWebhooks.Tests.Journal;

public sealed class DamagedDeadLetterTests : IDisposable
{
    private readonly DurableRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Damaged_row_is_lost_and_counted_whole_and_the_others_are_replayed(int damaged)
    {
        _rig.Start();
        for (var i = 0; i < 3; i++)
            _rig.Bury(5);
        var row = _rig.DeadLetters.Keys.ElementAt(damaged);
        _rig.DeadLetters.DamageHead(row);
        _rig.Node.Machine.Replay();
        _rig.Run(200);

        Assert.Equal(_rig.Published.Where((_, i) => i / 5 != damaged), _rig.Delivered);
        Assert.Equal((0, 0, 5), (_rig.Node.Status.Dead, _rig.Node.Status.Waiting, _rig.Unreadable));
        Assert.Contains(_rig.Log.Errors, line => line.Contains($"webhook-dead@1:audit {row}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Missing_row_is_lost_and_counted_whole_and_the_others_are_replayed(int missing)
    {
        _rig.Start();
        for (var i = 0; i < 3; i++)
            _rig.Bury(5);
        _rig.DeadLetters.Remove(_rig.DeadLetters.Keys.ElementAt(missing));
        _rig.Node.Machine.Replay();
        _rig.Run(200);

        Assert.Equal(_rig.Published.Where((_, i) => i / 5 != missing), _rig.Delivered);
        Assert.Equal((0, 0, 5), (_rig.Node.Status.Dead, _rig.Node.Status.Waiting, _rig.Unreadable));
        Assert.Contains(_rig.Log.Errors, line => line.Contains("5 dead letters are lost", StringComparison.Ordinal));
    }
}
