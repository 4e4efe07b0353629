using ActorWebhooks.Configuration.Values;
using CsCheck;

namespace ActorWebhooks.Tests.Configuration.Values;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("250", 250)]
    [InlineData("250ms", 250)]
    [InlineData("30s", 30_000)]
    [InlineData("5 m", 300_000)]
    [InlineData(" 1h ", 3_600_000)]
    [InlineData("3d", 259_200_000)]
    [InlineData("30S", 30_000)]
    [InlineData("5M", 300_000)]
    [InlineData("250Ms", 250)]
    [InlineData("1H", 3_600_000)]
    [InlineData("3D", 259_200_000)]
    public void Integer_with_a_unit_is_a_duration(string text, long milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("1.5s")]
    [InlineData("-1s")]
    [InlineData("+1s")]
    [InlineData("1w")]
    [InlineData("1h30m")]
    [InlineData("١s")]
    public void Anything_else_is_none(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Theory]
    [InlineData("99999999999999999999d")]
    [InlineData("9223372036854775807ms")]
    public void Too_long_is_the_longest(string text)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.MaxValue, duration);
    }

    [Fact]
    public void Formatted_duration_parses_back() => Gen.Long[0, 1L << 45].Sample(milliseconds =>
    {
        var duration = TimeSpan.FromMilliseconds(milliseconds);
        Assert.True(DurationText.TryParse(DurationText.Format(duration), out var parsed));
        Assert.Equal(duration, parsed);
    });
}
