using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Lookup;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Lookup;

public sealed class EventVerdictTests
{
    private static readonly FoundLetter Letter = new(DeadLetterReason.Refused, Some.Time, 422, "");
    private static readonly LookupGaps Kept = LookupGaps.InMemory with { LogSince = Some.Time };

    [Theory]
    [InlineData(EventFate.Delivered, Decision.Retry, Decision.Delivered)]
    [InlineData(EventFate.Gone, Decision.Delivered, Decision.Retry)]
    [InlineData(EventFate.Gone, Decision.Split)]
    [InlineData(EventFate.DeadLetterGone, Decision.Split, Decision.Refuse)]
    [InlineData(EventFate.DeadLetterGone, Decision.Gone)]
    [InlineData(EventFate.Dropped, Decision.Drop)]
    internal void Latest_attempt_says_what_became_of_an_event_that_is_nowhere(EventFate fate, params Decision[] decisions) =>
        Assert.Equal(fate, EventVerdict.Of(Tried(decisions)));

    [Fact]
    public void What_is_there_counts_before_what_was()
    {
        Assert.Equal(EventFate.Waiting, EventVerdict.Of(Tried(Decision.Delivered) with { Place = EventPlace.Waiting, Letter = Letter }));
        Assert.Equal(EventFate.Waiting, EventVerdict.Of(Tried(Decision.Retry) with { Place = EventPlace.InBatch }));
        Assert.Equal(EventFate.Dead, EventVerdict.Of(Tried(Decision.Refuse) with { Letter = Letter }));
        Assert.Equal(EventFate.Dead, EventVerdict.Of(Tried() with { Letter = Letter }));
    }

    [Fact]
    public void Event_that_was_tried_is_not_gone_as_long_as_it_may_be_where_nobody_has_looked()
    {
        foreach (var gaps in (LookupGaps[])[
            Kept with { UnreadWaiting = 1 }, Kept with { UnreadLetters = 1 }, Kept with { MissedAttempts = 1 }, Kept with { DamagedRows = 1 }, Kept with { UnreadAttempts = true }])
        {
            Assert.Equal(EventFate.Unknown, EventVerdict.Of(Tried(Decision.Retry) with { Gaps = gaps }));
        }

        Assert.Equal(EventFate.Unknown, EventVerdict.Of(Tried(Decision.Refuse) with { Gaps = Kept with { UnreadLetters = 1 } }));
    }

    [Fact]
    public void Event_of_which_there_is_nothing_is_unknown() => Assert.Equal(EventFate.Unknown, EventVerdict.Of(EventFindings.Nothing));

    private static EventFindings Tried(params Decision[] decisions) => EventFindings.Nothing with
    {
        Attempts = [.. decisions.Select(decision => new Attempt(Some.Time, "1", 1, 1, Outcomes.Status(200), decision, default))],
        Gaps = Kept,
    };
}
