using System.Text;

namespace ActorWebhooks.Tests.Configuration;

public sealed class MacroTests
{
    [Fact]
    public void Macros_are_expanded_in_every_string()
    {
        var webhook = Reading.One(
            """
            [webhook.a]
            url = "%{env:URL}%"
            events = "*"
            signature-key = [ "%{file:/run/key}%", "<%{env:KEY}%|%{env:KEY}%>" ]
            """);

        Assert.Equal("https://example.com/env", webhook.Url.AbsoluteUri);
        Assert.Equal(["from-file", "<top-secret|top-secret>"], webhook.SignatureKeys.Select(key => Encoding.UTF8.GetString(key.Text)));
    }

    [Theory]
    [InlineData("%{env:NOPE}%", "auth.token: the environment variable \"NOPE\" is not set; set it, or write the value itself")]
    [InlineData("%{file:/run/nope}%", "auth.token: the file \"/run/nope\" does not exist; create it, or write the value itself")]
    [InlineData("%{file:/run/large}%", "auth.token: the file \"/run/large\" is larger than 64KiB")]
    [InlineData("%{file:/run/binary}%", "auth.token: the file \"/run/binary\" is not UTF-8 text")]
    [InlineData("%{file:/run/locked}%", "auth.token: the file \"/run/locked\" cannot be read")]
    [InlineData("%{foo:x}%", "auth.token: unknown macro; accepted: %{env:NAME}% and %{file:/path}%")]
    [InlineData("%{env:}%", "auth.token: a macro names nothing")]
    [InlineData("%{env:KEY", "auth.token: a macro begins with %{ and is not closed with }%")]
    public void Macro_that_cannot_be_resolved_is_an_error_at_its_key(string value, string expected)
    {
        var error = Assert.Single(Reading.Errors($"{Reading.Section}auth.token = \"{value}\""));

        Assert.StartsWith($"{Reading.File}:4:14: {expected}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("url")]
    [InlineData("events")]
    [InlineData("timeout")]
    [InlineData("throttle")]
    [InlineData("discard-after")]
    [InlineData("lossy")]
    [InlineData("batch.max-bytes")]
    [InlineData("retry.max")]
    [InlineData("signature-scheme")]
    public void Value_from_a_macro_is_never_shown(string key)
    {
        var errors = Reading.Errors($"[webhook.a]\n{key} = \"%{{env:BAD}}%\"\n");

        Assert.Contains(errors, error => error.Contains($"{key} = ***: ", StringComparison.Ordinal));
        Assert.DoesNotContain(errors, error => error.Contains("top-secret", StringComparison.Ordinal));
    }
}
