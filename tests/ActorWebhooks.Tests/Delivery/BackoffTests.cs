using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;
using CsCheck;

namespace ActorWebhooks.Tests.Delivery;

public sealed class BackoffTests
{
    private static readonly RetryDelays Delays = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(9, 256)]
    [InlineData(10, 300)]
    [InlineData(int.MaxValue, 300)]
    public void Ceiling_doubles_up_to_the_longest_wait(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.Ceiling(Delays, failures));

    [Fact]
    public void Delay_is_the_random_part_of_the_ceiling() =>
        Assert.Equal(TimeSpan.FromSeconds(1), Backoff.Delay(Delays, 3, new FixedRandom(0.25)));

    [Fact]
    public void Delay_is_never_negative_nor_longer_than_the_longest_wait() =>
        Gen.Select(Gen.Int[1, 10_000], Gen.Int[1, 3_600_000], Gen.Int[0, 86_400_000], Gen.Double[0, 1]).Sample((failures, initial, more, fraction) =>
        {
            var delays = new RetryDelays(TimeSpan.FromMilliseconds(initial), TimeSpan.FromMilliseconds(initial + more));

            Assert.InRange(Backoff.Delay(delays, failures, new FixedRandom(fraction)), TimeSpan.Zero, delays.Max);
        });
}
