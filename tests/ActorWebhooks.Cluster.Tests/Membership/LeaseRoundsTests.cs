using ActorWebhooks.Cluster.Membership;
using ActorWebhooks.Ownership;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;

namespace ActorWebhooks.Cluster.Tests.Membership;

public sealed class LeaseRoundsTests
{
    private static readonly Address[] Others = [Node(2), Node(3), Node(4), Node(5)];

    private readonly ManualTime _time = new();
    private readonly ClusterLease _lease;
    private readonly LeaseRounds _rounds;

    public LeaseRoundsTests() => (_lease, _rounds) = (new ClusterLease(TimeSpan.FromSeconds(5), _time), new LeaseRounds(_time));

    [Fact]
    public void Lease_is_not_held_before_the_majority_has_answered()
    {
        var (round, confirmed) = _rounds.Begin(Others);
        Assert.Null(confirmed);
        Assert.Null(_rounds.Grant(round, Node(2)));
        Assert.Null(_rounds.Grant(round, Node(2)));
        Assert.Equal(LeaseState.Expired, _lease.State);

        Confirm(_rounds.Grant(round, Node(3)));
        Assert.Equal(LeaseState.Held, _lease.State);
    }

    [Fact]
    public void Node_by_itself_is_the_majority()
    {
        Confirm(_rounds.Begin([]).Confirmed);
        Assert.Equal(LeaseState.Held, _lease.State);
    }

    [Fact]
    public void One_of_two_nodes_is_not_the_majority() => Assert.Null(_rounds.Begin([Node(2)]).Confirmed);

    [Fact]
    public void Lease_counts_from_when_it_was_asked_for_however_late_the_answers_come()
    {
        var round = _rounds.Begin(Others).Number;
        _time.Pass(TimeSpan.FromSeconds(4));
        _rounds.Grant(round, Node(2));
        Confirm(_rounds.Grant(round, Node(3)));
        Assert.Equal(LeaseState.Held, _lease.State);

        _time.Pass(TimeSpan.FromSeconds(1.1));
        Assert.Equal(LeaseState.Expired, _lease.State);
    }

    [Fact]
    public void Answers_that_wait_for_a_node_that_hung_do_not_renew_its_lease()
    {
        var round = _rounds.Begin(Others).Number;
        _time.Pass(TimeSpan.FromSeconds(40));
        _rounds.Grant(round, Node(2));
        Confirm(_rounds.Grant(round, Node(3)));

        Assert.Equal(LeaseState.Expired, _lease.State);
    }

    [Fact]
    public void Answer_of_a_node_that_was_not_asked_does_not_count()
    {
        var round = _rounds.Begin(Others).Number;
        _rounds.Grant(round, Node(2));
        Assert.Null(_rounds.Grant(round, Node(9)));
        Assert.Null(_rounds.Grant(round + 1, Node(3)));
    }

    [Fact]
    public void Older_round_that_is_answered_late_does_not_shorten_the_lease()
    {
        var first = _rounds.Begin(Others).Number;
        _time.Pass(TimeSpan.FromSeconds(3));
        var second = _rounds.Begin(Others).Number;
        foreach (var round in (long[])[second, first])
        {
            _rounds.Grant(round, Node(2));
            Confirm(_rounds.Grant(round, Node(3)));
        }

        _time.Pass(TimeSpan.FromSeconds(4));
        Assert.Equal(LeaseState.Held, _lease.State);
    }

    [Theory]
    [InlineData(3, 7, 5)]
    [InlineData(0, 0, 0.5)]
    public void Lease_holds_for_half_of_the_time_in_which_nobody_takes_over(double detection, double decision, double expected) => Assert.Equal(
        TimeSpan.FromSeconds(expected),
        ClusterLease.DurationFor(new TakeOverTime(TimeSpan.FromSeconds(detection), TimeSpan.FromSeconds(decision), TimeSpan.Zero)));

    private static Address Node(int number) => new("akka.tcp", "webhooks", "127.0.0.1", number);

    private void Confirm((long Timestamp, DateTimeOffset Utc)? moment)
    {
        if (moment is var (timestamp, utc))
            _lease.Confirm(timestamp, utc);
    }
}
