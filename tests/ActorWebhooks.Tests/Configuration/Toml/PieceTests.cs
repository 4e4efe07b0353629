using System.Text;

namespace ActorWebhooks.Tests.Configuration.Toml;

public sealed class PieceTests
{
    private const string B = "[webhook.b]\nurl = \"http://h/\"\nevents = \"*\"\n";

    [Theory]
    [InlineData("signature-key = \"\"\"\n[webhook.x]\nurl = 5\n\"\"\"", "[webhook.x]\nurl = 5\n")]
    [InlineData("signature-key = '''\n[webhook.x\n[webhook.y]'''", "[webhook.x\n[webhook.y]")]
    [InlineData("signature-key = [\n# [webhook.x]\n\"k\",\n]", "k")]
    [InlineData("  signature-key = \"k\" # \"\"\"\n# [webhook.x]", "k")]
    public void Header_within_a_value_or_a_comment_begins_no_section(string lines, string expected)
    {
        var result = Reading.ParseInPieces($"{Reading.Section}{lines}\n{B}");

        Assert.Equal("", string.Join('\n', result.Errors));
        Assert.Equal(["a", "b"], result.Webhooks.Select(webhook => webhook.Id));
        Assert.Equal(expected, Encoding.UTF8.GetString(Assert.Single(result.Webhooks[0].SignatureKeys).Text));
    }

    [Fact]
    public void Array_within_an_array_is_refused_where_it_stands() => AssertErrors(
        $"{B}{Reading.Section}headers = [\n\"X-A: b\",\n[webhook, 1],\n]\n[webhook.c]\nurl = 5\nevents = \"*\"\n",
        "9:2: not a TOML value",
        "9:9: the section header is not closed",
        "12:7: url = 5");

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Errors_of_every_piece_are_told_with_their_lines(string lineEnd) => AssertErrors(
        ("\uFEFF[webhook.a]\nurl = 5\nevents = \"*\"\n\n" + B + "throttle = \"1s\nlossy = 1\n\n[webhook.c]\nevents = \"a b\"\nurl = http\n")
            .Replace("\n", lineEnd, StringComparison.Ordinal),
        "2:7: url = 5",
        "8:15: the string is not closed",
        "9:9: lossy = 1",
        "12:10: events = \"a b\"",
        "13:7: not a TOML value");

    [Theory]
    [InlineData("\"\"\"")]
    [InlineData("'''")]
    public void String_that_is_never_closed_ends_where_the_file_does(string quotes) => AssertErrors(
        $"{Reading.Section}lossy = 5\n{B}signature-key = {quotes}\n[webhook.c]\nurl = 5\n[webhook.d]\n",
        "4:9: lossy = 5",
        "11:12: the multi-line string is not closed; end it with the three quotes it began with (the value begins on line 8)");

    [Fact]
    public void Unclosed_array_is_told_where_the_next_section_begins() => AssertErrors(
        $"{B}{Reading.Section}headers = [ \"X-A: b\"\n[webhook.c]\nurl = 5\nevents = \"*\"\n",
        "8:1: a comma is missing between two values of an array (the value begins on line 7)",
        "9:7: url = 5");

    [Fact]
    public void Broken_header_takes_its_own_section_with_it_and_no_other() => AssertErrors(
        $"{B}[webhook.x\nurl = 5\n# and so on\nthrotle = 7\n[webhook.c]\nurl = 6\nevents = \"*\"\n",
        "4:11: the section header is not closed",
        "9:7: url = 6");

    [Fact]
    public void Id_given_twice_is_found_however_far_apart() => AssertErrors(
        $"{Reading.Section}{B}{Reading.Section}{B}",
        "7:10: webhook \"a\" is defined twice, first on line 1",
        "10:10: webhook \"b\" is defined twice, first on line 4");

    [Fact]
    public void Tables_of_a_section_may_stand_before_it_and_far_behind_it()
    {
        var result = Reading.ParseInPieces($"[webhook.a.batch]\nmax-events = 7\n{B}{Reading.Section}[webhook.c]\nurl = \"http://h/\"\nevents = \"*\"\n"
            + "[webhook.a.auth]\nusername = \"u\"\nsecret = \"s\"\n");

        Assert.Equal("", string.Join('\n', result.Errors));
        Assert.Equal(["a", "b", "c"], result.Webhooks.Select(webhook => webhook.Id));
        Assert.Equal((7, "Basic dTpz"), (result.Webhooks[0].Batch.MaxEvents, result.Webhooks[0].Authorization?.HeaderValue));
    }

    [Fact]
    public void Rules_hold_between_the_tables_of_a_section() => AssertErrors(
        $"[webhook.a.retry]\nmax = \"1ms\"\n[webhook.a.auth]\nusername = \"u\"\n{B}auth.token = \"t\"\n{Reading.Section}auth.token = \"t\"\n[webhook.b.auth]\nusername = \"u\"\n",
        "2:7: retry.initial (1s) is longer than retry.max (1ms)",
        "12:1: auth is defined twice, first on line 3",
        "13:12: auth is defined twice, first on line 8");

    [Fact]
    public void Warnings_hold_between_the_tables_of_a_section()
    {
        var result = Reading.ParseInPieces($"[webhook.a.auth]\nusername = \"u\"\n{B}{Reading.Section}");

        Assert.Equal("", string.Join('\n', result.Errors));
        Assert.StartsWith($"{Reading.File}:2:12: warning: auth.username: without auth.secret", Assert.Single(result.Warnings).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Dotted_keys_at_the_top_belong_to_the_sections_behind_them()
    {
        var result = Reading.ParseInPieces($"webhook.a.url = \"http://h/\"\nwebhook.a.events = \"*\"\n[webhook.a.auth]\ntoken = \"t\"\n{B}");

        Assert.Equal("", string.Join('\n', result.Errors));
        Assert.Equal(["Bearer t", null], result.Webhooks.Select(webhook => webhook.Authorization?.HeaderValue));
    }

    [Fact]
    public void Section_of_a_dotted_key_cannot_be_given_once_more() => AssertErrors(
        $"webhook.b.url = \"http://h/\"\nwebhook.b.events = \"*\"\n{Reading.Section}{B}",
        "6:10: webhook \"b\" is defined twice, first on line 1");

    private static void AssertErrors(string toml, params string[] expected)
    {
        var errors = Reading.ParseInPieces(toml).Errors.Select(error => error.ToString()).ToArray();

        Assert.Equal(Reading.ParseInPieces(toml, int.MaxValue).Errors.Select(error => error.ToString()), errors);
        Assert.True(expected.Length == errors.Length, string.Join('\n', errors));
        for (var i = 0; i < expected.Length; i++)
            Assert.StartsWith($"{Reading.File}:{expected[i]}", errors[i], StringComparison.Ordinal);
    }
}
