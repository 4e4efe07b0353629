namespace ActorWebhooks.Tests.Configuration;

public sealed class SyntaxErrorTests
{
    [Theory]
    [InlineData("signature-key = hidden", "4:17: not a TOML value; accepted: text in quotes")]
    [InlineData("signature-key = \"hidden", "4:24: the string is not closed")]
    [InlineData("signature-key = \"\"\"hidden\n\n", "the multi-line string is not closed")]
    [InlineData("signature-key =", "4:16: a value is missing after =")]
    [InlineData("signature-key", "4:14: a key without =")]
    [InlineData("headers = [ \"A: hidden\"", "the array is not closed")]
    [InlineData("headers = [ \"A: hidden\" \"B: hidden\" ]", "4:25: a comma is missing between two values")]
    [InlineData("signature-key = \"a\\qhidden\"", "unknown escape after")]
    [InlineData("timeout = \"1s\" \"hidden\"", "4:16: text after the end of the value")]
    [InlineData("= 5", "4:1: neither a key, a [section] nor a # comment")]
    [InlineData("auth = { token = \"hidden\"", "the inline table is not closed")]
    [InlineData("[webhook.b", "4:11: the section header is not closed")]
    public void Syntax_error_is_told_once_and_the_rest_is_still_checked(string broken, string expected)
    {
        var before = "[webhook.z]\nurl = 5\nevents = \"*\"\n";
        var errors = Reading.Errors($"{before}{broken}\nlossy = false\n[webhook.c]\nurl = 7\nevents = \"*\"\n");

        Assert.Contains(expected, errors[1], StringComparison.Ordinal);
        Assert.StartsWith("webhooks.toml:2:7: url = 5", errors[0], StringComparison.Ordinal);
        Assert.DoesNotContain(errors, error => error.Contains("hidden", StringComparison.Ordinal));
        if (!broken.Contains("\"\"\"", StringComparison.Ordinal))
            Assert.StartsWith("webhooks.toml:", errors.Single(error => error.Contains("url = 7", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.InRange(errors.Length, 2, 3);
    }

    [Fact]
    public void Key_on_a_broken_line_is_not_called_missing() =>
        Assert.Single(Reading.Errors("[webhook.a]\nurl = \"http://h/\nevents = \"*\"\n"));

    [Fact]
    public void Deep_nesting_is_an_error() =>
        Assert.Contains("nested", Assert.Single(Reading.Errors("a = " + new string('[', 100_000))), StringComparison.Ordinal);
}
