using System.Security.Cryptography.X509Certificates;
using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.EndToEnd;

/// <summary>With an authority that the client trusts, so that each certificate is wrong in one way only.</summary>
public sealed class CertificateTests : TroubleTests
{
    private const string Host = "receiver.test";

    private readonly X509Certificate2 _authority = Certificates.Authority();

    public override void Dispose()
    {
        _authority.Dispose();
        base.Dispose();
    }

    [Fact]
    public async Task Good_certificate_is_accepted()
    {
        using var certificate = Certificates.Issued(_authority, Host);
        await using var receiver = RoughReceiver.Answering(_ => Answers.Ok, certificate);
        await using var host = await StartAsync(receiver);

        await host.Publisher.PublishAsync(Some.Event("1"));
        await host.AwaitDeliveredAsync(1);

        Assert.Single(await host.AttemptsAsync());
    }

    [Fact]
    public Task Self_signed_certificate_is_refused_until_it_is_allowed() =>
        IsRefusedUntilAllowed(Certificates.SelfSigned(Host), "UntrustedRoot");

    [Fact]
    public Task Expired_certificate_is_refused_until_it_is_allowed() =>
        IsRefusedUntilAllowed(Certificates.Issued(_authority, Host, until: DateTimeOffset.UtcNow.AddDays(-1)), "NotTimeValid");

    [Fact]
    public Task Certificate_of_another_host_is_refused_until_it_is_allowed() =>
        IsRefusedUntilAllowed(Certificates.Issued(_authority, "elsewhere.test"), "RemoteCertificateNameMismatch");

    [Fact]
    public async Task Nothing_is_fetched_from_where_a_certificate_says()
    {
        await using var elsewhere = RoughReceiver.Answering(_ => Answers.Ok);
        using var certificate = Certificates.IssuedByOneElsewhere(_authority, Host, elsewhere.UrlOf("127.0.0.1"));
        await using var receiver = RoughReceiver.Answering(_ => Answers.Ok, certificate);
        await using var host = await StartAsync(receiver);

        await host.Publisher.PublishAsync(Some.Event("1"));
        await Eventually.Equal(true, async () => (await host.StatusAsync()).Failures > 1);

        Assert.Contains("PartialChain", (await host.StatusAsync()).LastAttempt!.Outcome.Error, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
    }

    private async Task IsRefusedUntilAllowed(X509Certificate2 certificate, string reason)
    {
        using var _ = certificate;
        await using var receiver = RoughReceiver.Answering(_ => Answers.Ok, certificate);
        await using var host = await StartAsync(receiver);

        await host.Publisher.PublishAsync(Some.Event("1"));
        await Eventually.Equal(true, async () => (await host.StatusAsync()).Failures > 1);
        var refused = await host.StatusAsync();
        Assert.Equal(AttemptEnd.TlsError, refused.LastAttempt!.Outcome.Kind);
        Assert.Contains(reason, refused.LastAttempt.Outcome.Error, StringComparison.Ordinal);
        Assert.Empty(receiver.Requests);

        host.Tell(new ReconfigureWebhook(refused.Definition with { AllowInvalidCerts = true }));
        await host.AwaitDeliveredAsync(1);
        Assert.Equal(["1"], receiver.EventIds);
    }

    private Task<WebhookHost> StartAsync(RoughReceiver receiver) => WebhookHost.StartAsync(
        WebhookHost.Toml(receiver.UrlOf(Host), """
            retry.initial = "1ms"
            retry.max = "1ms"
            """),
        options => options.HttpHandlerOf = HandlerOf);

    private SocketsHttpHandler HandlerOf(bool allowInvalidCerts)
    {
        var handler = Handlers.Resolving(allowInvalidCerts, Handlers.Loopback);
        var policy = handler.SslOptions.CertificateChainPolicy!;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.Add(_authority);
        return handler;
    }
}
