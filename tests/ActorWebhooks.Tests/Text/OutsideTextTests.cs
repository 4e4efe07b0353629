using System.Globalization;
using ActorWebhooks.Text;
using CsCheck;

namespace ActorWebhooks.Tests.Text;

public sealed class OutsideTextTests
{
    [Theory]
    [InlineData("plain é 😀 日本", "plain é 😀 日本")]
    [InlineData("a\u001b[31mred", "a\\u001b[31mred")]
    [InlineData("a\r\nb\tc", "a\\r\\nb\\tc")]
    [InlineData("\u202eevil\u2066", "\\u202eevil\\u2066")]
    [InlineData("\u2028\u2029\u0085\u007f\u0000", "\\u2028\\u2029\\u0085\\u007f\\u0000")]
    [InlineData("\ufeff\u200b", "\\ufeff\\u200b")]
    public void What_steers_a_terminal_or_hides_is_escaped(string text, string clean) => Assert.Equal(clean, OutsideText.Clean(text));

    [Fact]
    public void Half_a_surrogate_pair_is_escaped_and_a_whole_one_is_not_cut() =>
        Assert.Equal(
            ("\\ud800x", "\\udc00", "ab…"),
            (OutsideText.Clean("\ud800x"), OutsideText.Clean("\udc00"), OutsideText.Clean("ab😀", maxLength: 3)));

    [Fact]
    public void Tags_beyond_the_first_plane_are_escaped() => Assert.Equal("\\udb40\\udc41", OutsideText.Clean("\U000e0041"));

    [Fact]
    public void Lines_stay_where_lines_are_shown() => Assert.Equal("a\n\tb\\u001b", OutsideText.CleanAll("a\n\tb\u001b", keepsLines: true));

    [Fact]
    public void Whatever_the_text_it_is_short_and_harmless_and_clean_text_stays_as_it_is() =>
        Gen.Select(Gen.Char.Array[0, 1_200].Select(chars => new string(chars)), Gen.Int[1, 600]).Sample((text, max) =>
        {
            var clean = OutsideText.Clean(text, maxLength: max);
            Assert.InRange(clean.Length, 0, max + 1);
            Assert.All(clean.EnumerateRunes(), rune => Assert.False(
                System.Text.Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));
            Assert.Equal(clean, new string(clean.EnumerateRunes().SelectMany(rune => rune.ToString()).ToArray()));
            Assert.Equal(clean, OutsideText.Clean(clean, maxLength: max + 1));
        });

    [Fact]
    public void Secret_that_stands_where_the_text_is_cut_is_not_shown_in_part()
    {
        var secrets = new SecretRedactor(["correct-horse-battery"]);
        var text = OutsideText.Clean(new string('x', OutsideText.MaxLength - 5) + "correct-horse-battery" + new string('y', 100_000), secrets);
        Assert.DoesNotContain("corr", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 0, OutsideText.MaxLength + 1);
    }
}
