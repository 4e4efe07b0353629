using ActorWebhooks.DeadLetters;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.DeadLetters;

public sealed class MemoryDeadLettersTests
{
    [Fact]
    public void Latest_are_kept_and_older_ones_make_room()
    {
        var letters = new MemoryDeadLetters(new DeadLetterLimits(MaxEvents: 2, MaxBytes: 100_000));

        Assert.Equal([0, 0, 1, 1], Enumerable.Range(1, 4).Select(i => letters.Add(Letter($"{i}"))));

        Assert.Equal(["3", "4"], letters.All.Select(letter => letter.Event.Id));
        Assert.Equal(2, letters.Count);
    }

    [Fact]
    public void Bytes_bound_them_too_responses_included()
    {
        var letters = new MemoryDeadLetters(new DeadLetterLimits(MaxEvents: 1000, MaxBytes: 10_000));
        for (var i = 0; i < 30; i++)
            letters.Add(Letter($"{i}"));
        Assert.Equal(30, letters.Count);

        Assert.Equal(30, letters.Add(Letter("large", new string('x', 4_800))));

        Assert.Equal(["large"], letters.All.Select(letter => letter.Event.Id));
    }

    [Fact]
    public void Letter_that_is_larger_than_the_bound_is_not_kept_itself()
    {
        var letters = new MemoryDeadLetters(new DeadLetterLimits(MaxEvents: 1000, MaxBytes: 1_000));

        Assert.Equal(1, letters.Add(Letter("large", new string('x', 1_000))));

        Assert.Equal(0, letters.Count);
        Assert.Equal(0, letters.Add(Letter("1")));
    }

    [Fact]
    public void None_are_kept_when_none_are_wanted()
    {
        var letters = new MemoryDeadLetters(new DeadLetterLimits(MaxEvents: 0, MaxBytes: 100_000));

        Assert.Equal(1, letters.Add(Letter("1")));
        Assert.False(letters.TryPeek(out _));
    }

    [Fact]
    public void Room_of_what_was_taken_or_cleared_is_free_again()
    {
        var letters = new MemoryDeadLetters(new DeadLetterLimits(MaxEvents: 1000, MaxBytes: 600));
        letters.Add(Letter("1"));
        letters.Add(Letter("2"));

        Assert.Equal("1", letters.TakeOldest().Event.Id);
        Assert.Equal(0, letters.Add(Letter("3")));
        Assert.Equal(2, letters.Clear());
        Assert.Equal(0, letters.Add(Letter("4")));
        Assert.Equal(0, letters.Add(Letter("5")));
        Assert.Equal(["4", "5"], letters.All.Select(letter => letter.Event.Id));
    }

    private static DeadLetter Letter(string id, string response = "") =>
        new(Some.Event(id), DeadLetterReason.Refused, Some.Time, 422, response);
}
