using ActorWebhooks.Outbox;

namespace ActorWebhooks.Tests.Outbox;

public sealed class LearnedByteLimitTests
{
    [Fact]
    public void Limit_halves_with_each_refusal_of_what_was_within_it_down_to_one_kibibyte()
    {
        var limit = LearnedByteLimit.Of(10_000);
        foreach (var expected in new List<int> { 5_000, 2_500, 1_250, 1_024, 1_024 })
        {
            limit = limit.TooLarge(limit.Effective);
            Assert.Equal(expected, limit.Effective);
        }
    }

    [Fact]
    public void Refusal_of_more_than_the_limit_teaches_nothing() =>
        Assert.Equal(LearnedByteLimit.Of(10_000), LearnedByteLimit.Of(10_000).TooLarge(10_001));

    [Fact]
    public void Limit_doubles_after_a_run_of_full_batches_back_to_what_is_configured_and_no_further()
    {
        var limit = LearnedByteLimit.Of(10_000).TooLarge(9_000).TooLarge(5_000);

        limit = PassFull(limit, LearnedByteLimit.RunOfFullBatches - 1);
        Assert.Equal(2_500, limit.Effective);
        limit = PassFull(limit, 1);
        Assert.Equal(5_000, limit.Effective);
        limit = PassFull(limit, 10 * LearnedByteLimit.RunOfFullBatches);
        Assert.Equal(LearnedByteLimit.Of(10_000), limit);
    }

    [Fact]
    public void Batches_that_are_not_full_prove_nothing_and_a_refusal_begins_the_run_anew()
    {
        var limit = LearnedByteLimit.Of(10_000).TooLarge(9_000);
        for (var i = 0; i < 100; i++)
            limit = limit.Passed(isFull: false);
        Assert.Equal(5_000, limit.Effective);

        limit = PassFull(limit, LearnedByteLimit.RunOfFullBatches - 1).TooLarge(4_000);
        limit = PassFull(limit, LearnedByteLimit.RunOfFullBatches - 1);
        Assert.Equal(2_500, limit.Effective);
    }

    private static LearnedByteLimit PassFull(LearnedByteLimit limit, int times)
    {
        for (var i = 0; i < times; i++)
            limit = limit.Passed(isFull: true);
        return limit;
    }
}
