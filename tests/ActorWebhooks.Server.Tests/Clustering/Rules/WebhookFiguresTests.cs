using System.Diagnostics;
using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Durability.Rules;

namespace ActorWebhooks.Server.Tests.Clustering.Rules;

/// <summary>The figures of a run count what may not happen and nothing else. Times are milliseconds; the owner of life 0 fails at 100.</summary>
public sealed class WebhookFiguresTests
{
    private const int Old = 0;
    private const int New = 1;

    private static readonly string Webhook = Hooks.Prompt.First();
    private static readonly Fault Failure = new(Old, At(100), At(100));

    private readonly List<SentPost> _posts = [];
    private readonly List<Arrival> _arrivals = [];

    [Fact]
    public void Nothing_is_wrong_when_a_new_owner_sends_again_what_was_in_flight_and_goes_on()
    {
        Accepted(0, 1, 2);
        Request(Old, 90, 95, 0);
        Request(New, 200, 210, 0, 1);
        Request(New, 220, 230, 2);

        var figures = Figures();

        Assert.Equal((3, 0, 1, 0, 0), (figures.Accepted, figures.Missing, figures.Repeats, figures.Overlaps, figures.Late));
    }

    [Fact]
    public void Accepted_event_that_never_came_is_missing_unless_it_waits_or_is_dead()
    {
        Accepted(0, 1, 2);
        Request(Old, 10, 20, 0);

        Assert.Equal(2, Figures().Missing);
        Assert.Equal(1, Figures(waiting: 1).Missing);
        Assert.Equal(0, Figures(waiting: 1, Key(2)).Missing);
    }

    [Fact]
    public void Event_that_was_refused_or_that_may_be_lost_is_not_missing()
    {
        Accepted(0);
        _posts.Add(new SentPost(new Post(0, 1, 1, IsAccepted: false, Refusals: 1), Webhook, At(5), null, Old));

        Assert.Equal(0, Figures(mayBeLost: true).Missing);
        Assert.Equal(1, Figures().Missing);
    }

    [Fact]
    public void Event_for_another_webhook_is_not_looked_for()
    {
        _posts.Add(new SentPost(new Post(0, 0, 1), Hooks.Prompt.Last(), At(5), At(6), Old));

        Assert.Equal((0, 0), (Figures().Accepted, Figures().Missing));
    }

    [Fact]
    public void Delivery_of_an_event_that_its_sender_had_to_send_again_is_no_repeat()
    {
        _posts.Add(new SentPost(new Post(0, 0, 1, Refusals: 1), Webhook, At(5), At(6), Old));
        Request(Old, 10, 11, 0);
        Request(Old, 12, 13, 0);
        Assert.Equal(0, Figures().Repeats);

        Request(New, 200, 201, 0);
        Assert.Equal(1, Figures().Repeats);
    }

    [Fact]
    public void Request_of_the_failed_owner_may_stay_open_only_if_it_began_before_the_take_over()
    {
        Request(Old, 90, 500, 0);
        Request(New, 200, 210, 1);
        Request(New, 220, 230, 2);
        Assert.Equal((0, 0), (Figures().Overlaps, Figures().Late));

        Request(Old, 300, 400, 3);
        Request(New, 350, 360, 4);
        Assert.Equal((1, 1), (Figures().Overlaps, Figures().Late));
    }

    [Fact]
    public void Request_that_is_under_way_when_another_begins_counts_without_any_fault_too()
    {
        Request(Old, 10, 20, 0);
        Request(New, 15, 30, 1);

        Assert.Equal(1, Overlaps.Count([.. _arrivals], takeOver: null));
    }

    [Fact]
    public void Webhook_that_stayed_where_it_was_has_no_take_over()
    {
        Request(New, 10, 20, 0);
        Request(New, 200, 210, 1);

        Assert.Null(TakeOver.Of([.. _arrivals], Failure));
    }

    [Fact]
    public void Silence_counts_from_the_first_take_over_of_any_webhook_to_the_end_of_the_load()
    {
        Request(Old, 90, 95, 0);
        Request(New, 200, 210, 0);
        Request(New, 500, 510, 1);
        var other = Hooks.Prompt.Last();
        _arrivals.Add(new(other, Old, At(91), At(92), "b", [], Answer.Taken));
        _arrivals.Add(new(other, New, At(900), At(901), "b", [], Answer.Taken));

        Assert.Equal(500, Figures().LongestSilence.TotalMilliseconds, 1.0);
        Assert.Equal(700, WebhookFigures.Of(other, Seen()).LongestSilence.TotalMilliseconds, 1.0);
    }

    [Fact]
    public void Event_that_comes_first_after_later_ones_of_its_sender_breaks_the_order_whichever_node_sends_it()
    {
        Accepted(0, 1, 2);
        Request(Old, 10, 20, 0);
        Request(New, 200, 210, 2);
        Assert.Empty(OrderAcrossNodes.Broken(Seen(), Webhook));

        Request(Old, 300, 310, 1);
        Assert.NotEmpty(OrderAcrossNodes.Broken(Seen(), Webhook));
    }

    [Fact]
    public void Request_that_was_taken_and_broken_off_comes_again_at_once_and_breaks_no_order_only_where_a_lease_expired()
    {
        Accepted(0, 1, 2);
        Request(Old, 10, 20, 0, 1);
        Request(Old, 300, 310, 0, 1);

        Assert.NotEmpty(OrderAcrossNodes.Broken(Seen(), Webhook));
        Assert.Empty(OrderAcrossNodes.Broken(Seen() with { WithoutLease = [Old] }, Webhook));

        Request(Old, 400, 410, 2);
        Request(Old, 500, 510, 0, 1);
        Assert.NotEmpty(OrderAcrossNodes.Broken(Seen() with { WithoutLease = [Old] }, Webhook));
    }

    private static long At(int time) => time * Stopwatch.Frequency / 1000;

    private static EventKey Key(int number) => new(0, number);

    private void Accepted(params IEnumerable<int> numbers) =>
        _posts.AddRange(numbers.Select(number => new SentPost(new Post(0, number, 1), Webhook, At(5), At(6), Old)));

    private void Request(int life, int begun, int ended, params IEnumerable<int> events) =>
        _arrivals.Add(new(Webhook, life, At(begun), At(ended), "b", [.. events.Select(Key)], Answer.Taken));

    private WebhookFigures Figures(long waiting = 0, params IEnumerable<EventKey> dead) => WebhookFigures.Of(Webhook, Seen(waiting, dead));

    private WebhookFigures Figures(bool mayBeLost) => WebhookFigures.Of(Webhook, Seen() with { MayBeLost = _ => mayBeLost });

    private Observation Seen(long waiting = 0, params IEnumerable<EventKey> dead) => new(
        [.. _posts],
        [.. _arrivals.OrderBy(arrival => arrival.Begun)],
        [new Remainder(Webhook, waiting, [.. dead])],
        Failure,
        At(100),
        At(1000));
}
