using ActorWebhooks.Outbox;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Outbox;

public sealed class OutboxIntakeTests
{
    private readonly OutboxIntake _intake = new(new AcceptanceClock(new ManualTime()));

    [Fact]
    public void Nobody_is_called_before_somebody_waits_for_it() => Assert.False(_intake.Append(Some.Event("1")));

    [Fact]
    public void Who_waits_is_called_once_until_he_takes_and_waits_again()
    {
        Assert.True(_intake.TryAwait());
        Assert.True(_intake.Append(Some.Event("1")));
        Assert.False(_intake.Append(Some.Event("2")));
        Assert.False(_intake.Call());

        Assert.Equal(["1", "2"], _intake.Take().Select(e => e.Id));

        Assert.False(_intake.Append(Some.Event("3")));
        _intake.Take();
        Assert.True(_intake.TryAwait());
        Assert.True(_intake.Append(Some.Event("4")));
    }

    [Fact]
    public void Who_looks_in_between_and_finds_nothing_is_still_called()
    {
        Assert.True(_intake.TryAwait());
        Assert.Empty(_intake.Take());

        Assert.True(_intake.Append(Some.Event("1")));
    }

    [Fact]
    public void Nobody_waits_while_there_is_something_to_take()
    {
        _intake.Append(Some.Event("1"));

        Assert.False(_intake.TryAwait());

        Assert.False(_intake.Append(Some.Event("2")));
    }

    [Fact]
    public void Who_looks_by_himself_later_can_be_called_all_the_same_and_once()
    {
        Assert.True(_intake.Call());
        Assert.False(_intake.Call());
        _intake.Take();
        Assert.True(_intake.Call());
    }

    [Fact]
    public void Events_of_all_sizes_come_out_as_they_went_in()
    {
        var sizes = new[] { 10, 900, 2_000, 10, 3_000_000, 10, 10, 70_000, 10 };
        for (var i = 0; i < sizes.Length; i++)
            _intake.Append(Some.EventOfSize($"{i}", sizes[i]));

        var taken = _intake.Take();

        Assert.Equal(Enumerable.Range(0, sizes.Length).Select(i => $"{i}"), taken.Select(e => e.Id));
        Assert.Equal(sizes, taken.Select(e => e.Data.Length));
    }

    [Fact]
    public async Task Senders_keep_their_order_and_every_event_is_taken_once_while_one_takes()
    {
        const int events = 20_000;
        var senders = Enumerable.Range(0, 3).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < events; i++)
                _intake.Append(Some.Event($"{sender}:{i}"));
        })).ToArray();

        var taken = new List<string>();
        while (taken.Count < senders.Length * events)
            taken.AddRange(_intake.Take().Select(e => e.Id));
        await Task.WhenAll(senders);

        Assert.Empty(_intake.Take());
        for (var sender = 0; sender < senders.Length; sender++)
        {
            var own = taken.Where(id => id.StartsWith($"{sender}:", StringComparison.Ordinal));
            Assert.Equal(Enumerable.Range(0, events).Select(i => $"{sender}:{i}"), own);
        }
    }
}
