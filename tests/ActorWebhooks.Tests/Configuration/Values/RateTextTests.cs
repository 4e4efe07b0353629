using System.Globalization;
using ActorWebhooks.Configuration;
using ActorWebhooks.Configuration.Values;
using CsCheck;

namespace ActorWebhooks.Tests.Configuration.Values;

public sealed class RateTextTests
{
    [Theory]
    [InlineData("2/s", 500)]
    [InlineData("120/m", 500)]
    [InlineData("1800/h", 2_000)]
    [InlineData("0.5/s", 2_000)]
    [InlineData("2.0/s", 500)]
    [InlineData(" 2 / s ", 500)]
    [InlineData("1/m", 60_000)]
    [InlineData("0.1/h", 36_000_000)]
    public void Rate_is_the_time_between_two_requests(string text, double milliseconds)
    {
        Assert.True(RateText.TryParse(text, out var rate));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), rate.Interval);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("/s")]
    [InlineData("2/")]
    [InlineData("2/d")]
    [InlineData("2/sec")]
    [InlineData("2/S")]
    [InlineData("-2/s")]
    [InlineData("+2/s")]
    [InlineData("2,5/s")]
    [InlineData(".5/s")]
    [InlineData("2./s")]
    [InlineData("1e3/s")]
    [InlineData("2/s/s")]
    [InlineData("NaN/s")]
    public void Anything_else_is_none(string text) => Assert.False(RateText.TryParse(text, out _));

    [Fact]
    public void What_is_too_large_is_left_to_the_range_of_the_key()
    {
        Assert.True(RateText.TryParse(new string('9', 60) + "/s", out var rate));
        Assert.True(rate.Count > RequestRate.Most);
    }

    [Fact]
    public void Any_rate_reads_back_and_its_interval_never_allows_more() =>
        Gen.Select(Gen.Int[1, 1_000_000_000], Gen.Int[0, 3], Gen.Char["smh"]).Sample((number, digits, unit) =>
        {
            var count = number / (decimal)Math.Pow(10, digits);
            Assert.True(RateText.TryParse(string.Create(CultureInfo.InvariantCulture, $"{count}/{unit}"), out var rate));
            Assert.Equal((count, unit), (rate.Count, rate.Unit));
            Assert.True(RateText.TryParse(rate.ToString(), out var again));
            Assert.Equal(rate, again);
            Assert.True(rate.Interval.Ticks * count >= rate.Unit switch { 's' => TimeSpan.TicksPerSecond, 'm' => TimeSpan.TicksPerMinute, _ => TimeSpan.TicksPerHour });
        });
}
