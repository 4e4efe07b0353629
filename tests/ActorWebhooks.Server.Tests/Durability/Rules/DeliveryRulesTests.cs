using System.Collections.Immutable;

namespace ActorWebhooks.Server.Tests.Durability.Rules;

/// <summary>The rules hold for what may happen and find what may not.</summary>
public sealed class DeliveryRulesTests
{
    private readonly List<Post> _posts = [];
    private readonly List<Arrival> _arrivals = [];
    private readonly HashSet<int> _killed = [];
    private Remainder _remainder = new("a", Waiting: 0, Dead: []);
    private int _life;
    private long _clock;

    [Fact]
    public void Everything_delivered_in_order_is_fine()
    {
        Posts(3);
        Sends([0, 1]);
        Sends([2]);
        Broken();
    }

    [Fact]
    public void Accepted_event_that_never_comes_is_lost()
    {
        Posts(3);
        Sends([0, 2]);
        Broken("a lost events: 1 accepted ones are neither delivered nor dead, 0 wait: 0-1");
    }

    [Fact]
    public void Request_that_was_not_taken_delivers_nothing()
    {
        Posts(1);
        Sends([0], Answer.Refused);
        Broken("a lost events");
    }

    [Fact]
    public void Dead_and_waiting_events_are_not_lost()
    {
        Posts(3);
        Sends([0]);
        _remainder = new("a", Waiting: 1, Dead: [new(0, 1)]);
        Broken();
    }

    [Fact]
    public void Fewer_waiting_than_missing_are_lost()
    {
        Posts(3);
        Sends([0]);
        _remainder = _remainder with { Waiting = 1 };
        Broken("a lost events: 2 accepted ones are neither delivered nor dead, 1 wait: 0-1 0-2");
    }

    [Fact]
    public void Event_that_was_not_accepted_may_be_missing()
    {
        Posts(1, isAccepted: false, cuts: 1);
        Broken();
    }

    [Fact]
    public void Later_event_first_is_out_of_order()
    {
        Posts(3);
        Sends([1]);
        Sends([0, 2]);
        Broken("a delivered 0-0 for the first time after later events", "a delivered 0-0 after later events of the same life");
    }

    [Fact]
    public void Later_event_first_is_out_of_order_over_a_kill_too()
    {
        Posts(3);
        Sends([1]);
        Killed();
        Sends([0, 2]);
        Broken("a delivered 0-0 for the first time after later events");
    }

    [Fact]
    public void Producers_have_no_order_among_themselves()
    {
        Posts(2);
        Posts(2, producer: 1);
        SendsKeys([new(1, 0), new(0, 0), new(0, 1), new(1, 1)]);
        Broken();
    }

    [Fact]
    public void Last_request_before_a_kill_may_come_again()
    {
        Posts(4);
        Sends([0]);
        Sends([1, 2]);
        Killed();
        Sends([1]);
        Sends([2, 3]);
        Broken();
    }

    [Fact]
    public void Last_request_of_an_earlier_life_may_come_again_when_no_other_was_taken_since()
    {
        Posts(2);
        Sends([0, 1]);
        Killed();
        Sends([0, 1], Answer.Closed);
        Killed();
        Sends([0, 1]);
        Killed();
        Sends([0, 1]);
        Broken();
    }

    [Fact]
    public void Request_before_the_last_may_not_come_again()
    {
        Posts(2);
        Sends([0]);
        Sends([1]);
        Killed();
        Sends([0, 1]);
        Broken("a delivered 0-0 again though it was not in flight at a kill");
    }

    [Fact]
    public void Repeat_comes_before_later_events()
    {
        Posts(2);
        Sends([0]);
        Killed();
        Sends([1]);
        Sends([0]);
        Broken("a delivered 0-0 after later events of the same life");
    }

    [Fact]
    public void Request_in_flight_that_holds_an_event_twice_is_repeated_as_it_was_and_no_more_often()
    {
        Posts(1, cuts: 1);
        Sends([0, 0]);
        Killed();
        Sends([0, 0]);
        Broken();

        Sends([0]);
        Broken("a delivered 0-0 again though it was not in flight at a kill");
    }

    [Fact]
    public void Second_kill_does_not_bring_back_what_was_in_flight_at_the_first()
    {
        Posts(2);
        Sends([0]);
        Killed();
        Sends([1]);
        Killed();
        Sends([0]);
        Broken("a delivered 0-0 again though it was not in flight at a kill");
    }

    [Fact]
    public void Without_a_kill_nothing_comes_again()
    {
        Posts(1);
        Sends([0]);
        _life++;
        Sends([0]);
        Broken("a delivered 0-0 again though it was not in flight at a kill");
    }

    [Fact]
    public void Within_a_life_nothing_comes_again()
    {
        Posts(1);
        Sends([0]);
        Sends([0]);
        Killed();
        Broken("a delivered 0-0 after later events of the same life", "a delivered 0-0 again though it was not in flight at a kill");
    }

    [Fact]
    public void Event_whose_request_was_cut_may_have_been_taken_each_time_and_not_more_often()
    {
        Posts(1, cuts: 1);
        Posts(1);
        Sends([0]);
        Sends([0]);
        Sends([1]);
        Broken();

        Sends([0]);
        Broken("a delivered 0-0 again though it was not in flight at a kill");
    }

    [Fact]
    public void Events_of_a_refused_request_have_no_order_among_themselves()
    {
        Posts(3, refusals: 1);
        Posts(1);
        Sends([1, 0]);
        Sends([1, 2, 3]);
        Broken();
    }

    [Fact]
    public void Events_of_a_refused_request_come_before_those_of_the_next()
    {
        Posts(2, refusals: 1);
        Posts(1);
        Sends([0, 2]);
        Sends([1]);
        Broken("a delivered 0-1 for the first time after later events");
    }

    [Fact]
    public void Event_that_nobody_sent_is_found()
    {
        Posts(1);
        Sends([0, 7]);
        Broken("a delivered 0-7, which nobody sent");
    }

    [Fact]
    public void Two_requests_at_once_are_found()
    {
        Posts(2);
        Sends([0]);
        _arrivals[0] = _arrivals[0] with { Ended = 4 };
        Sends([1]);
        Broken("a began a request while another was under way");
    }

    [Fact]
    public void Request_of_a_dead_server_may_end_late()
    {
        Posts(2);
        Sends([0]);
        _arrivals[0] = _arrivals[0] with { Ended = 4 };
        Killed();
        Sends([1]);
        Broken();
    }

    [Theory]
    [InlineData(nameof(Answer.Refused))]
    [InlineData(nameof(Answer.Closed))]
    public void Failed_batch_is_followed_by_itself(string answer)
    {
        Posts(2);
        Sends([0], Enum.Parse<Answer>(answer), batch: "x");
        Sends([0], batch: "x");
        Sends([1], Enum.Parse<Answer>(answer), batch: "y");
        Sends([1], batch: "z");
        Broken("a sent something else after a batch that failed");
    }

    [Fact]
    public void Failed_batch_may_be_cut_anew_after_a_kill()
    {
        Posts(2);
        Sends([0], Answer.Refused, batch: "x");
        Killed();
        Sends([0, 1], batch: "y");
        Broken();
    }

    [Fact]
    public void Kill_may_break_off_the_last_request_of_a_life()
    {
        Posts(1);
        Sends([], Answer.BrokenOff);
        Killed();
        Sends([0]);
        Broken();
    }

    [Fact]
    public void Request_that_breaks_off_without_a_kill_is_found()
    {
        Posts(1);
        Sends([], Answer.BrokenOff);
        Sends([0]);
        Broken("a broke off a request though it was not killed");

        Killed();
        Broken("a broke off a request though it was not killed");
    }

    private void Posts(int count, int producer = 0, bool isAccepted = true, int cuts = 0, int refusals = 0)
    {
        var first = _posts.Where(post => post.Producer == producer).Sum(post => post.Count);
        _posts.Add(new(producer, first, count, isAccepted, cuts, refusals));
    }

    private void Sends(int[] numbers, Answer answer = Answer.Taken, string? batch = null) =>
        SendsKeys([.. numbers.Select(number => new EventKey(0, number))], answer, batch);

    private void SendsKeys(ImmutableArray<EventKey> keys, Answer answer = Answer.Taken, string? batch = null)
    {
        var begun = ++_clock;
        _arrivals.Add(new("a", _life, begun, ++_clock, batch ?? $"{begun}", keys, answer));
    }

    private void Killed() => _killed.Add(_life++);

    /// <summary>These rules are broken, told in words that begin so, and no other.</summary>
    private void Broken(params string[] expected)
    {
        var found = DeliveryRules.Broken(new([.. _posts], [.. _arrivals], [_remainder], [.. _killed]));
        Assert.Equal(expected.Length, found.Count);
        Assert.All(expected.Zip(found, (e, f) => (e, f)), pair => Assert.StartsWith(pair.e, pair.f, StringComparison.Ordinal));
    }
}
