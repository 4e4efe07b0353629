using System.Buffers.Text;
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
    [InlineData("cut+off/here=&'1", "%2b", "cut%2boff%2fhere%3d%26%271")]
    [InlineData("cut+off/here=&'1", "form", "cut%2Boff%2Fhere%3D%26%271")]
    [InlineData("cut off <here>", "form", "cut+off+%3Chere%3E")]
    [InlineData("cut+off/here=&'1", "JSON", "cut\\u002Boff/here=\\u0026\\u00271")]
    [InlineData("cut+off/here=&'1", "json", "cut\\u002boff/here=\\u0026\\u00271")]
    [InlineData("cut+off/here", "JSON", "cut+off\\/here")]
    [InlineData("cut+off/here", "JSON", "cut\\u002boff\\/here")]
    [InlineData("cut\"off", "JSON", "cut\\\"off")]
    [InlineData("cut+off/here=&'1", "HTML", "cut+off/here=&amp;&#39;1")]
    public void Secret_is_hidden_however_libraries_escape_it(string secret, string form, string text) =>
        Assert.Equal($"{form} ***.", new SecretRedactor([secret]).Redact($"{form} {text}."));

    [Fact]
    public void Secret_is_hidden_in_the_base64_of_more_than_itself() =>
        Gen.Select(Gen.Byte.Array[0, 5], Gen.Char[' ', '~'].Array[6, 40].Select(chars => new string(chars)), Gen.Byte.Array[0, 5]).Sample((before, secret, after) =>
        {
            byte[] all = [.. before, .. Encoding.UTF8.GetBytes(secret), .. after];
            foreach (var text in new[] { Convert.ToBase64String(all), Base64Url.EncodeToString(all) })
            {
                // All that is left of it are the characters that it shares with what is beside it.
                var left = new SecretRedactor([secret]).Redact(text).Replace("***", "", StringComparison.Ordinal).TrimEnd('=');
                Assert.InRange(left.Length, 0, (((before.Length + after.Length) * 8) + 5) / 6 + 2);
            }
        });

    [Theory]
    [InlineData("say longsec", "say ***")]
    [InlineData("say longsecret", "say ***")]
    [InlineData("say long", "say ***")]
    [InlineData("say lon", "say lon")]
    [InlineData("longsecretlongsec", "******")]
    [InlineData("say longs ", "say longs ")]
    [InlineData("say bG9uZ3", "say ***")]
    public void Secret_whose_end_is_cut_off_is_hidden_too(string text, string redacted)
    {
        Assert.Equal(redacted, new SecretRedactor(["longsecret"]).Redact(text, isCut: true));
        Assert.Equal(text.Replace("longsecret", "***", StringComparison.Ordinal), new SecretRedactor(["longsecret"]).Redact(text));
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
