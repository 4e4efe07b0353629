using ActorWebhooks.Events;

namespace ActorWebhooks.Tests.Events;

public class EventIdTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_visible_ascii_character_but_quotation_mark_and_backslash_is_allowed()
    {
        for (var c = '\0'; c < 0x100; c++)
            Assert.Equal(c is > ' ' and <= '~' and not '"' and not '\\', EventId.IsValid([c]));
    }

    [Fact]
    public void An_id_has_1_to_128_characters()
    {
        Assert.False(EventId.IsValid(""));
        Assert.True(EventId.IsValid(new string('a', 128)));
        Assert.False(EventId.IsValid(new string('a', 129)));
    }

    [Fact]
    public void A_new_id_is_valid_a_version_7_uuid_and_never_the_same()
    {
        var (one, other) = (New(Noon), New(Noon));

        Assert.True(EventId.IsValid(one));
        Assert.Equal(7, Guid.Parse(one).Version);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void New_ids_sort_by_time() =>
        Assert.True(string.CompareOrdinal(New(Noon), New(Noon.AddMilliseconds(1))) < 0);

    [Fact]
    public void A_time_before_1970_gets_an_id_that_sorts_first()
    {
        var id = New(DateTimeOffset.MinValue);

        Assert.StartsWith("00000000-0000-7", id, StringComparison.Ordinal);
    }

    private static string New(DateTimeOffset createdAt) => WebhookEvent.Create("a", new { }, null, createdAt).Id;
}
