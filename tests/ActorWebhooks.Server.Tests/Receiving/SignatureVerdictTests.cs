using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ActorWebhooks.Server.Receiving;
using Microsoft.AspNetCore.Http;

namespace ActorWebhooks.Server.Tests.Receiving;

public sealed class SignatureVerdictTests
{
    private const string StandardKey = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly byte[] Body = "{}"u8.ToArray();

    [Theory]
    [InlineData("my-key", "my-key", "signature valid (X-Signature)")]
    [InlineData("whsec_no base64", "whsec_no base64", "signature valid (X-Signature)")]
    [InlineData("my-key", "another", "INVALID")]
    [InlineData("my-key", "whsec_no base64", "INVALID")]
    [InlineData("my-key", null, "not checked")]
    public void X_signature_is_verified_whatever_the_key_looks_like(string signedWith, string? key, string words)
    {
        var headers = new HeaderDictionary
        {
            ["X-Signature"] = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(signedWith), Body)),
        };

        Assert.Contains(words, SignatureVerdict.Of(Body, headers, key).Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, StandardKey, false, "signature valid (Standard Webhooks)")]
    [InlineData(0, "whsec_AAAA", true, "INVALID")]
    [InlineData(0, "whsec_no base64", true, "INVALID")]
    [InlineData(-600, StandardKey, true, "5 minutes")]
    public void Standard_webhooks_are_verified_too(int age, string key, bool isRefused, string words)
    {
        var timestamp = (DateTimeOffset.UtcNow.ToUnixTimeSeconds() + age).ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"msg_1.{timestamp}."), .. Body];
        var headers = new HeaderDictionary
        {
            ["webhook-id"] = "msg_1",
            ["webhook-timestamp"] = timestamp,
            ["webhook-signature"] = $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(StandardKey[6..]), signed))}",
        };

        var verdict = SignatureVerdict.Of(Body, headers, key);

        Assert.Equal(isRefused, verdict.IsRefused);
        Assert.Contains(words, verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_signed_at_all_is_refused_when_there_is_a_key() =>
        Assert.StartsWith("not signed", SignatureVerdict.Of(Body, new HeaderDictionary(), "my-key").Sentence, StringComparison.Ordinal);
}
