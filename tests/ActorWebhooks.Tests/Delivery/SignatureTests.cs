using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;

namespace ActorWebhooks.Tests.Delivery;

public sealed class SignatureTests
{
    private const string StandardKey = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string StandardId = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string StandardTimestamp = "1614265330";
    private const string StandardSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static readonly TimeProvider Then = new FixedTime(DateTimeOffset.FromUnixTimeSeconds(1614265330));

    private static ReadOnlySpan<byte> StalwartBody =>
        """{"events":[{"id":"12345","createdAt":"2023-06-21T14:55:00Z","type":"auth.success","data":{}}]}"""u8;

    private static ReadOnlySpan<byte> StandardBody => """{"test": 2432232314}"""u8;

    [Fact]
    public void X_signature_is_stalwarts()
    {
        const string signature = "Til9k4GudaB4dIeWWv69yyVIWMX42uBR/5zo6ob5BiY=";

        Assert.Equal(signature, Signatures.XSignature(InPieces(StalwartBody), "ovos-moles"u8.ToArray()));
        Assert.True(WebhookSignature.Verify(StalwartBody, signature, "ovos-moles"));
    }

    [Fact]
    public void Standard_signature_is_that_of_the_reference_vector()
    {
        var key = SignatureKey.TryParse(StandardKey)!.Standard;

        Assert.Equal(StandardSignature, Signatures.Standard(StandardId, 1614265330, InPieces(StandardBody), key));
        Assert.True(IsStandard(StandardSignature));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Til9k4GudaB4dIeWWv69yyVIWMX42uBR/5zo6ob5BiY")]
    [InlineData("til9k4GudaB4dIeWWv69yyVIWMX42uBR/5zo6ob5BiY=")]
    [InlineData("Til9k4GudaB4dIeWWv69yyVIWMX42uBR/5zo6ob5BiZ=")]
    [InlineData("Til9k4GudaB4dIeWWv69yyVIWMX42uBR/5zo6ob5Bib=")]
    [InlineData("not base64 at all, and as long as the others")]
    [InlineData("AAAA")]
    public void Any_other_x_signature_is_not_valid(string? signature) =>
        Assert.False(WebhookSignature.Verify(StalwartBody, signature, "ovos-moles"));

    [Fact]
    public void Changed_body_is_not_valid() =>
        Assert.False(WebhookSignature.Verify("{}"u8, "Til9k4GudaB4dIeWWv69yyVIWMX42uBR/5zo6ob5BiY=", "ovos-moles"));

    [Theory]
    [InlineData("v1,AAAA v1a,xyz v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", true)]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", false)]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void One_valid_signature_of_a_known_version_is_enough(string? signatures, bool isValid) =>
        Assert.Equal(isValid, IsStandard(signatures));

    [Theory]
    [InlineData(299, true)]
    [InlineData(-299, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public void Timestamp_may_be_five_minutes_away_and_no_more(int seconds, bool isValid)
    {
        var time = new FixedTime(Then.GetUtcNow().AddSeconds(seconds));

        Assert.Equal(isValid, WebhookSignature.VerifyStandard(
            StandardBody, StandardId, StandardTimestamp, StandardSignature, StandardKey, time: time));
    }

    [Theory]
    [InlineData(null, StandardTimestamp)]
    [InlineData("msg_other", StandardTimestamp)]
    [InlineData(StandardId, null)]
    [InlineData(StandardId, "yesterday")]
    [InlineData(StandardId, "9223372036854775807")]
    [InlineData(StandardId, "1614265331")]
    public void Id_and_timestamp_are_signed_too(string? id, string? timestamp) =>
        Assert.False(WebhookSignature.VerifyStandard(StandardBody, id, timestamp, StandardSignature, StandardKey, time: Then));

    [Fact]
    public void Key_is_never_shown() => Assert.Equal("***", SignatureKey.FromText("my-secret-key").ToString());

    private static bool IsStandard(string? signatures) =>
        WebhookSignature.VerifyStandard(StandardBody, StandardId, StandardTimestamp, signatures, StandardKey, time: Then);

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private static ReadOnlyMemory<byte>[] InPieces(ReadOnlySpan<byte> body) => [body[..5].ToArray(), body[5..].ToArray()];
}
