using ActorWebhooks.DeadLetters;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.DeadLetters;

public sealed class MemoryDeadLettersTests
{
    private readonly List<string> _requeued = [];

    [Fact]
    public void Latest_are_kept_and_older_ones_make_room()
    {
        var letters = new MemoryDeadLetters(Some.Letters(2, 100_000), Requeue);

        Assert.Equal([0, 0, 1, 1], Enumerable.Range(1, 4).Select(i => letters.Add(Letter($"{i}"))));

        Assert.Equal(["3", "4"], letters.All().Select(letter => letter.Event.Id));
        Assert.Equal(2, letters.Count);
    }

    [Fact]
    public void Bytes_bound_them_too_responses_included()
    {
        var letters = new MemoryDeadLetters(Some.Letters(1000, 10_000), Requeue);
        for (var i = 0; i < 30; i++)
            letters.Add(Letter($"{i}"));
        Assert.Equal(30, letters.Count);

        Assert.Equal(30, letters.Add(Letter("large", new string('x', 4_800))));

        Assert.Equal(["large"], letters.All().Select(letter => letter.Event.Id));
    }

    [Fact]
    public void Letter_that_is_larger_than_the_bound_is_not_kept_itself()
    {
        var letters = new MemoryDeadLetters(Some.Letters(1000, 1_000), Requeue);

        Assert.Equal(1, letters.Add(Letter("large", new string('x', 1_000))));

        Assert.Equal(0, letters.Count);
        Assert.Equal(0, letters.Add(Letter("1")));
    }

    [Fact]
    public void None_are_kept_when_none_are_wanted()
    {
        var letters = new MemoryDeadLetters(Some.Letters(0, 100_000), Requeue);

        Assert.Equal(1, letters.Add(Letter("1")));
        Assert.Empty(letters.All());
    }

    [Fact]
    public void Room_of_what_was_taken_or_cleared_is_free_again()
    {
        var letters = new MemoryDeadLetters(Some.Letters(1000, 600), Requeue);
        letters.Add(Letter("1"));
        letters.Add(Letter("2"));

        Assert.Equal(2, letters.Replay());
        Assert.Equal(["1", "2"], _requeued);
        Assert.Equal(0, letters.Add(Letter("3")));
        Assert.Equal(1, letters.Clear());
        Assert.Equal(0, letters.Add(Letter("4")));
        Assert.Equal(0, letters.Add(Letter("5")));
        Assert.Equal(["4", "5"], letters.All().Select(letter => letter.Event.Id));
    }

    [Fact]
    public void Some_are_taken_alone_the_others_keep_their_order_and_the_room_is_free()
    {
        var letters = new MemoryDeadLetters(Some.Letters(1000, 100_000), Requeue);
        foreach (var id in new[] { "1", "2", "3", "2" })
            letters.Add(Letter(id));
        var taken = new List<int>();

        Assert.True(letters.TryTake(new LetterSelection(new HashSet<string> { "2", "9" }, isDrop: false, taken.Add), out var dropped));
        Assert.Equal((0, 2), (dropped, Assert.Single(taken)));
        Assert.Equal(["2", "2"], _requeued);
        Assert.Equal(["1", "3"], letters.All().Select(letter => letter.Event.Id));

        Assert.True(letters.TryTake(new LetterSelection(new HashSet<string> { "1" }, isDrop: true, taken.Add), out dropped));
        Assert.Equal((1, 1), (dropped, taken[1]));
        Assert.Equal(["3"], letters.All().Select(letter => letter.Event.Id));
        Assert.Equal(1, letters.Clear());
    }

    [Fact]
    public void Pages_go_on_where_the_one_before_ended_also_when_letters_have_gone_in_between()
    {
        var letters = new MemoryDeadLetters(Some.Letters(maxEvents: 5), Requeue);
        for (var i = 0; i < 5; i++)
            letters.Add(Letter($"{i}"));

        var first = letters.PageAfter(null, 2);
        Assert.Equal(["0", "1"], first.Letters.Select(letter => letter.Event.Id));
        letters.Add(Letter("5"));
        var second = letters.PageAfter(first.Next, 3);
        Assert.Equal(["2", "3", "4"], second.Letters.Select(letter => letter.Event.Id));
        var last = letters.PageAfter(second.Next, 3);
        Assert.Equal(["5"], last.Letters.Select(letter => letter.Event.Id));
        Assert.Null(last.Next);
        Assert.Throws<FormatException>(() => letters.PageAfter("1-0", 3));
    }

    [Fact]
    public void Those_that_are_too_old_go()
    {
        var letters = new MemoryDeadLetters(Some.Letters(), Requeue);
        letters.Add(Letter("old"));
        letters.Add(Letter("new") with { At = Some.Time.AddHours(1) });

        Assert.Equal(1, letters.Expire(Some.Time.AddMinutes(1)));

        Assert.Equal(["new"], letters.All().Select(letter => letter.Event.Id));
    }

    private bool Requeue(WebhookEvent e)
    {
        _requeued.Add(e.Id);
        return true;
    }

    private static DeadLetter Letter(string id, string response = "") =>
        new(Some.Event(id), DeadLetterReason.Refused, Some.Time, 422, response);
}
