using System.Text;

namespace ActorWebhooks.Tests.Configuration;

/// <summary>What is taken, though something else may have been meant.</summary>
public sealed class WarningTests
{
    private const string StandardKey = "signature-scheme = \"standard\"\nsignature-key = ";

    [Theory]
    [InlineData("timeout = \"15m\"", "4:11: warning: timeout = \"15m\": longer than 10m, which is taken")]
    [InlineData("timeout = 600001", "4:11: warning: timeout = \"600001\": longer than 10m, which is taken")]
    [InlineData("throttle = \"2H\"", "4:12: warning: throttle = \"2H\": longer than 1h, which is taken")]
    [InlineData("discard-after = \"500ms\"", "4:17: warning: discard-after = \"500ms\": shorter than 1s, which is taken")]
    [InlineData(StandardKey + "\"hidden\"", "5:17: warning: signature-key = ***: does not begin with whsec_, so its text is the key")]
    [InlineData("signature-scheme = \"both\"\nsignature-key = [ \"whsec_aGlkZGVu\", \"hidden\" ]", "5:37: warning: signature-key = ***: does not begin with whsec_")]
    [InlineData("signature-key = \"%{env:ENDED}%\"", "4:17: warning: signature-key: the environment variable \"ENDED\" ends in a newline, which is left out")]
    [InlineData("headers = \"X-A: %{env:ENDED}%\"", "4:11: warning: headers: the environment variable \"ENDED\" ends in a newline, which is left out")]
    [InlineData("signature-key = \"hidden \"", "4:17: warning: signature-key = ***: begins or ends with white space, which is taken as a part of it")]
    [InlineData("signature-key = \"%{file:/run/two-lines}%\"", "4:17: warning: signature-key = ***: begins or ends with white space")]
    [InlineData("headers = [ \"Host: elsewhere.example.com\" ]", "4:13: warning: headers: Host is set by the engine; this one is left out")]
    [InlineData("headers = \"host: b\u00fccher.example\"", "4:11: warning: headers: host is set by the engine; this one is left out")]
    [InlineData("headers = [ \"content-length: 5\" ]", "4:13: warning: headers: content-length is set by the engine; this one is left out")]
    [InlineData("headers = [ \"User-Agent: a\", \"user-agent: b\" ]", "4:13: warning: headers: User-Agent is given again")]
    [InlineData("headers = [ \"X-Signature: hidden\" ]\nsignature-key = \"k\"", "4:13: warning: headers: X-Signature is left out, as it carries the signature of this webhook")]
    [InlineData("headers = [ \"authorization: hidden\" ]\nauth.token = \"hidden\"", "4:13: warning: headers: authorization is left out, as auth says what is sent there")]
    [InlineData("auth.username = \"u\"", "4:17: warning: auth.username: without auth.secret, so it is not sent; give both or neither")]
    [InlineData("auth.secret = \"hidden\"", "4:15: warning: auth.secret: without auth.username, so it is not sent; give both or neither")]
    [InlineData("auth = { token = \"hidden\", username = \"u\" }", "4:39: warning: auth.username: without auth.secret, so it is not sent; auth.token is sent")]
    [InlineData("auth = { token = \"hidden\", username = \"u\", secret = \"hidden\" }", "4:18: warning: auth.token: together with auth.username and auth.secret, which are sent instead")]
    public void Warning_names_the_key_what_was_found_and_what_it_is_taken_for(string lines, string expected)
    {
        var warning = Assert.Single(Reading.Warnings(Reading.Section + lines));

        Assert.StartsWith($"{Reading.File}:{expected}", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("top-secret", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auth.token = \"hidden\"", "2:7: warning: url: auth.token is sent over http")]
    [InlineData("auth = { username = \"u\", secret = \"hidden\" }", "2:7: warning: url: auth.secret is sent over http")]
    [InlineData("headers = \"authorization: hidden\"", "2:7: warning: url: the Authorization header is sent over http")]
    public void Credentials_that_anybody_on_the_way_can_read_are_warned_about(string lines, string expected)
    {
        var warning = Assert.Single(Reading.Warnings($"[webhook.a]\nurl = \"http://example.com/\"\nevents = \"*\"\n{lines}"));

        Assert.StartsWith($"{Reading.File}:{expected}", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("signature-key = \"hidden\"")]
    [InlineData("signature-key = \"%{env:KEY}%\"")]
    [InlineData("signature-key = \"%{file:/run/key}%\"")]
    [InlineData(StandardKey + "\"whsec_aGlkZGVu\"")]
    [InlineData("auth = { username = \"u\", secret = \"hidden\" }")]
    [InlineData("auth.token = \"hidden\"\nheaders = [ \"X-A: b\", \"x-a: c\" ]")]
    [InlineData("timeout = \"10m\"\nthrottle = \"1h\"\ndiscard-after = \"1s\"")]
    public void What_is_as_it_should_be_gives_no_warning(string lines) => Assert.Empty(Reading.Warnings(Reading.Section + lines));

    [Fact]
    public void Host_name_in_other_letters_is_turned_into_punycode_with_a_warning()
    {
        const string Toml = "[webhook.a]\nurl = \"https://b\u00fccher.example:8443/a?b=\u00fc#c\"\nevents = \"*\"";

        Assert.Equal("https://xn--bcher-kva.example:8443/a?b=%C3%BC#c", Reading.One(Toml).Url.AbsoluteUri);
        Assert.Equal("xn--bcher-kva.example", Reading.One(Toml).Url.Host);
        Assert.Equal(
            $"{Reading.File}:2:7: warning: url: the host \"b\u00fccher.example\" is sent in its ASCII form, \"xn--bcher-kva.example\" (punycode)",
            Assert.Single(Reading.Warnings(Toml)));
    }

    [Fact]
    public void Newline_of_a_variable_is_no_part_of_a_key()
    {
        var webhook = Reading.One($"{Reading.Section}signature-key = \"%{{env:ENDED}}%\"\nauth.token = \"%{{env:ENDED}}%\"");

        Assert.Equal("top-secret", Encoding.UTF8.GetString(Assert.Single(webhook.SignatureKeys).Text));
        Assert.Equal("Bearer top-secret", webhook.Authorization?.HeaderValue);
        Assert.Contains("an empty key", Assert.Single(Reading.Errors($"{Reading.Section}signature-key = \"%{{env:NEWLINE}}%\"")), StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_stand_beside_errors_in_the_order_of_the_file()
    {
        var result = Reading.Parse(Reading.Section + "auth.secret = \"s\"\ntimeout = \"x\"\nheaders = \"Host: h\"\n");

        Assert.Equal([5], result.Errors.Select(error => error.Line));
        Assert.Equal([4, 6], result.Warnings.Select(warning => warning.Line));
        Assert.Empty(result.Webhooks);
    }

    [Fact]
    public void Nothing_is_called_missing_in_a_file_that_could_not_be_read_to_its_end() =>
        Assert.Empty(Reading.Parse(Reading.Section + "auth.username = \"u\"\nauth.secret = \"s\nlossy = true").Warnings);
}
