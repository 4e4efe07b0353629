using ActorWebhooks.Actors;

namespace ActorWebhooks.Tests.Actors;

public sealed class RestartBackoffTests
{
    private readonly RestartBackoff _backoff = new();
    private TimeSpan _now;

    [Fact]
    public void First_faults_cost_no_rest_and_further_ones_double_it_up_to_a_minute() =>
        Assert.Equal([0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60], Enumerable.Range(0, 11).Select(_ => Fail()));

    [Fact]
    public void Work_that_is_done_and_a_minute_without_a_fault_make_it_begin_anew()
    {
        for (var i = 0; i < 6; i++)
            Fail();
        _backoff.Reset();
        Assert.Equal([0, 0, 0, 1], Enumerable.Range(0, 4).Select(_ => Fail()));

        _now += TimeSpan.FromSeconds(61);
        Assert.Equal(0, Fail());
    }

    // It fails again as soon as it goes on.
    private double Fail()
    {
        var rest = _backoff.Next(_now);
        _now += rest;
        return rest.TotalSeconds;
    }
}
