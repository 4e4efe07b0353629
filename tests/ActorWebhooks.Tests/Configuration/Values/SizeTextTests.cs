using ActorWebhooks.Configuration.Values;
using CsCheck;

namespace ActorWebhooks.Tests.Configuration.Values;

public sealed class SizeTextTests
{
    [Theory]
    [InlineData("512", 512)]
    [InlineData("512B", 512)]
    [InlineData("256KiB", 262_144)]
    [InlineData("1 MiB", 1_048_576)]
    [InlineData("256KIB", 262_144)]
    [InlineData("1mib", 1_048_576)]
    [InlineData("512b", 512)]
    [InlineData("99999999999999999999", long.MaxValue)]
    [InlineData("9223372036854775807MiB", long.MaxValue)]
    public void Integer_with_a_unit_is_a_size(string text, long expected)
    {
        Assert.True(SizeText.TryParse(text, out var bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("KiB")]
    [InlineData("1KB")]
    [InlineData("1.5MiB")]
    [InlineData("-1")]
    public void Anything_else_is_none(string text) => Assert.False(SizeText.TryParse(text, out _));

    [Fact]
    public void Formatted_size_parses_back() => Gen.Long[0, 1L << 40].Sample(bytes =>
    {
        Assert.True(SizeText.TryParse(SizeText.Format(bytes), out var parsed));
        Assert.Equal(bytes, parsed);
    });
}
