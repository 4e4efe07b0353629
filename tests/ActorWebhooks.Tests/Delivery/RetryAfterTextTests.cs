using System.Globalization;
using ActorWebhooks.Delivery;
using CsCheck;

namespace ActorWebhooks.Tests.Delivery;

public sealed class RetryAfterTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("120", 120)]
    [InlineData(" \t120  ", 120)]
    [InlineData("+5", 5)]
    [InlineData("-5", 0)]
    [InlineData("007", 7)]
    [InlineData("6.5", 7)]
    [InlineData("6.0", 6)]
    [InlineData(".25", 1)]
    [InlineData("3.", 3)]
    [InlineData("0.0001", 1)]
    [InlineData("1e3", 1000)]
    [InlineData("\"30\"", 30)]
    [InlineData("30s", 30)]
    [InlineData("30 seconds", 30)]
    [InlineData("99999999999999999999", 36_500d * 86_400)]
    [InlineData("1e999", 36_500d * 86_400)]
    [InlineData("Fri, 27 Nov 2026 12:00:40 GMT", 40)]
    [InlineData("Friday, 27-Nov-26 12:00:40 GMT", 40)]
    [InlineData("Fri Nov 27 12:00:40 2026", 40)]
    [InlineData("Tue Dec  1 12:00:00 2026", 4 * 86_400)]
    [InlineData("fri, 27 nov 2026 12:00:40 gmt", 40)]
    [InlineData("Fri,  27  Nov  2026  12:00:40  GMT ", 40)]
    [InlineData("Fri, 27 Nov 2026 12:00:40 UTC", 40)]
    [InlineData("Fri, 27 Nov 2026 12:00:40", 40)]
    [InlineData("27 Nov 2026 12:00:40 GMT", 40)]
    [InlineData("Fri, 27-Nov-2026 12:00:40 GMT", 40)]
    [InlineData("Mon, 27 Nov 2026 12:00:40 GMT", 40)]
    [InlineData("Fri, 27 Nov 2026 12:00:40 +0000", 40)]
    [InlineData("Fri, 27 Nov 2026 13:00:40 +0100", 40)]
    [InlineData("Fri, 27 Nov 2026 06:30:40 -0530", 40)]
    [InlineData("Fri, 27 Nov 2026 13:00:40 +01:00", 40)]
    [InlineData("Fri, 27 Nov 2026 13:00:40 GMT+0100", 40)]
    [InlineData("Fri Nov 27 13:00:40 2026 +0100", 40)]
    [InlineData("2026-11-27T12:00:40Z", 40)]
    [InlineData("2026-11-27T13:00:40.250+01:00", 40.25)]
    [InlineData("Fri, 27 Nov 2026 07:00:40 EST", 40)]
    [InlineData("Fri, 27 Nov 2026 05:00:40 PDT", 40)]
    [InlineData("Fri Nov 27 2026 12:00:40 GMT+0000 (Coordinated Universal Time)", 40)]
    [InlineData("Fri Nov 27 2026 13:00:40 GMT+0100 (Central European Standard Time)", 40)]
    [InlineData("Fri Nov 27 12:00:40 UTC 2026", 40)]
    [InlineData("Fri Nov 27 12:00:40 2026 GMT", 40)]
    [InlineData("2026-11-27T12:00:40.123456789Z", 40.1234567)]
    [InlineData("2026-11-27T12:01Z", 60)]
    [InlineData("20261127T120040Z", 40)]
    [InlineData("20261127T130040+0100", 40)]
    [InlineData("30;", 30)]
    [InlineData("30; comment=x", 30)]
    [InlineData("Fri, 27 Nov 2026 11:00:00 GMT", 0)]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", 0)]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT", 0)]
    [InlineData("10, 30, 20", 30)]
    [InlineData("10,30", 30)]
    [InlineData("10, Fri, 27 Nov 2026 12:00:40 GMT", 40)]
    [InlineData("Fri, 27 Nov 2026 12:00:40 GMT, 50", 50)]
    [InlineData("Fri, 27 Nov 2026 12:00:40 GMT, Friday, 27-Nov-26 12:01:00 GMT", 60)]
    [InlineData("soon, 15, ", 15)]
    public void What_servers_write_is_a_wait(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfterText.Parse(text, Now));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(",")]
    [InlineData("soon")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-")]
    [InlineData("e")]
    [InlineData("1.2.3")]
    [InlineData("12abc")]
    [InlineData("0x10")]
    [InlineData("1 2")]
    [InlineData("Fri")]
    [InlineData("Fri, ")]
    [InlineData("Fri, 31 Feb 2026 12:00:00 GMT")]
    [InlineData("Fri, 27 Nov 2026 25:00:00 GMT")]
    [InlineData("Fri, 27 Nov 2026 12:00:00 +01x0")]
    [InlineData("2026-11-27")]
    [InlineData("١٢")]
    public void Nonsense_is_none(string text) => Assert.Null(RetryAfterText.Parse(text, Now));

    [Fact]
    public void Long_text_is_none() => Assert.Null(RetryAfterText.Parse(new string('1', 1_001), Now));

    [Fact]
    public void Any_text_is_a_wait_that_is_not_negative_or_none() =>
        Gen.OneOf(
                Gen.String,
                Gen.String[Gen.Char["0123456789.,+-eE \"'TZGMUCovFri:/"], 0, 40],
                Gen.Select(Gen.String[Gen.Char["0123456789,FriNov GMT:+-"], 0, 10], Gen.Int, (text, number) => $"{text}{number}{text}"))
            .Sample(text => RetryAfterText.Parse(text, Now) is not { } wait || (wait >= TimeSpan.Zero && wait <= TimeSpan.FromDays(3_700_000)));

    [Fact]
    public void Any_moment_is_the_same_wait_in_every_form_and_every_zone() =>
        Gen.Select(Gen.Int[1, 3_000_000], Gen.Int[-14 * 4, 14 * 4]).Sample((seconds, quarters) =>
        {
            var at = Now.AddSeconds(seconds);
            var there = at.ToOffset(TimeSpan.FromMinutes(15 * quarters));
            string[] forms =
            [
                Text(at, "ddd, dd MMM yyyy HH:mm:ss 'GMT'"),
                Text(at, "dddd, dd-MMM-yy HH:mm:ss 'GMT'"),
                Text(at, "ddd MMM ") + $"{at.Day,2}" + Text(at, " HH:mm:ss yyyy"),
                Text(there, "ddd, d MMM yyyy H:mm:ss zzz"),
                Text(there, "ddd, d MMM yyyy H:mm:ss zzz").Remove(Text(there, "ddd, d MMM yyyy H:mm:ss zzz").Length - 3, 1),
                Text(there, "yyyy-MM-dd'T'HH:mm:sszzz"),
                $"{seconds}",
                $"{seconds - 1}.{quarters + 100}",
            ];
            Assert.All(forms, form => Assert.Equal((form, TimeSpan.FromSeconds(seconds)), (form, RetryAfterText.Parse(form, Now))));
            Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfterText.Parse(string.Join(", ", forms), Now));
        });

    [Fact]
    public void Of_any_lines_the_longest_wait_counts_and_only_if_none_can_be_read_they_are_nonsense() =>
        Gen.OneOf(Gen.Int[0, 10_000].Select(seconds => $"{seconds}"), Gen.Const("soon"), Gen.Const("1, 2")).Array[0, 5].Sample(lines =>
        {
            using var response = new HttpResponseMessage();
            foreach (var line in lines)
                response.Headers.TryAddWithoutValidation("Retry-After", line);

            var longest = lines.Max(line => RetryAfterText.Parse(line, Now));

            Assert.Equal(longest, HttpAttempt.RetryAfterOf(response, Now, out var nonsense));
            Assert.Equal(lines.Length > 0 && longest is null, nonsense is not null);
        });

    private static string Text(DateTimeOffset at, string form) => at.ToString(form, CultureInfo.InvariantCulture);
}
