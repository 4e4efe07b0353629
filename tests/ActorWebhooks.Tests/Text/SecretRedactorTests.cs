using System.Text;
using ActorWebhooks.Text;
using CsCheck;

namespace ActorWebhooks.Tests.Text;

public sealed class SecretRedactorTests
{
    [Fact]
    public void Secret_is_hidden_as_it_is_and_in_every_form_that_others_write_it_in()
    {
        const string secret = "pa ss/wörd";
        var bytes = Encoding.UTF8.GetBytes(secret);
        var redactor = new SecretRedactor([secret]);
        foreach (var form in new[] { secret, Uri.EscapeDataString(secret), Convert.ToBase64String(bytes), Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes) })
            Assert.Equal("a *** b", redactor.Redact($"a {form} b"));
    }

    [Theory]
    [InlineData("longsecretlong", "***")]
    [InlineData("longsecret", "***")]
    [InlineData("longsecretlongsecret", "***secret")]
    [InlineData("longlongsecret", "long***")]
    [InlineData("abc", "abc")]
    [InlineData("", "")]
    public void Longest_secret_counts_and_what_is_short_is_none(string text, string redacted) =>
        Assert.Equal(redacted, new SecretRedactor(["longsecret", "longsecretlong", "abc", ""]).Redact(text));

    [Fact]
    public void Text_without_a_secret_is_the_same_text()
    {
        const string text = "nothing here";
        Assert.Same(text, new SecretRedactor(["secret"]).Redact(text));
        Assert.Same(text, SecretRedactor.Nothing.Redact(text));
    }

    [Fact]
    public void No_secret_is_left_whatever_stands_around_it() =>
        Gen.Select(
            Gen.Char["abcd"].Array[4, 8].Select(chars => new string(chars)).Array[1, 8], Gen.Char["abcd "].Array[0, 80].Select(chars => new string(chars)))
            .Sample((secrets, text) =>
            {
                var redacted = new SecretRedactor(secrets).Redact(text);
                return !secrets.Any(secret => redacted.Contains(secret, StringComparison.Ordinal))
                    && redacted.Split("***").Sum(part => part.Length) <= text.Length;
            });
}
