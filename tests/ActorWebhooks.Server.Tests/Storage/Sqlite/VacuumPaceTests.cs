using ActorWebhooks.Server.Storage.Sqlite;

namespace ActorWebhooks.Server.Tests.Storage.Sqlite;

public sealed class VacuumPaceTests
{
    private readonly VacuumPace _pace = new();

    [Fact]
    public void Steps_that_take_long_become_smaller_and_steps_that_take_little_larger()
    {
        var first = _pace.Pages;
        _pace.After(VacuumPace.Longest * 2, isInUse: false);
        Assert.Equal(first / 2, _pace.Pages);
        _pace.After(VacuumPace.Longest / 10, isInUse: false);
        _pace.After(VacuumPace.Longest / 10, isInUse: false);
        Assert.Equal(first * 2, _pace.Pages);
    }

    [Fact]
    public void Steps_stay_within_their_bounds()
    {
        for (var i = 0; i < 100; i++)
            _pace.After(TimeSpan.FromSeconds(1), isInUse: false);
        Assert.Equal(VacuumPace.FewestPages, _pace.Pages);
        for (var i = 0; i < 100; i++)
            _pace.After(TimeSpan.Zero, isInUse: false);
        Assert.Equal(VacuumPace.MostPages, _pace.Pages);
    }

    [Fact]
    public void Steps_beside_a_journal_in_use_take_a_tenth_of_the_time()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(90), _pace.After(TimeSpan.FromMilliseconds(10), isInUse: true));
        Assert.Equal(TimeSpan.Zero, _pace.After(TimeSpan.FromMilliseconds(10), isInUse: false));
    }

    [Fact]
    public void Rest_is_neither_nothing_nor_for_ever()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(20), _pace.After(TimeSpan.Zero, isInUse: true));
        Assert.Equal(TimeSpan.FromSeconds(1), _pace.After(TimeSpan.FromMinutes(1), isInUse: true));
    }
}
