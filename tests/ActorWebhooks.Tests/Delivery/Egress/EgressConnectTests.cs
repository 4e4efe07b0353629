using System.Net;
using ActorWebhooks.Delivery;
using ActorWebhooks.Delivery.Egress;
using ActorWebhooks.Tests.EndToEnd;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Delivery.Egress;

/// <summary>Names that are resolved to what they should not be. The resolver is the test's, and nothing leaves loopback.</summary>
public sealed class EgressConnectTests
{
    private static readonly IPAddress Metadata = IPAddress.Parse("169.254.169.254");

    [Fact]
    public async Task Of_the_addresses_of_a_name_only_those_are_tried_that_may_be_reached()
    {
        await using var receiver = await Receiver.StartAsync();
        var connector = Connector(Metadata, IPAddress.Any, IPAddress.Loopback);

        await using var stream = await connector.ConnectAsync(new DnsEndPoint("mixed.test", receiver.Url.Port), CancellationToken.None);

        Assert.True(stream.CanWrite);
    }

    [Fact]
    public async Task Each_connection_asks_anew_so_a_name_that_changes_gets_nowhere()
    {
        await using var receiver = await Receiver.StartAsync();
        var (good, asked) = (true, 0);
        var connector = new HttpConnector(
            (_, _) =>
            {
                asked++;
                return Task.FromResult<IPAddress[]>([good ? IPAddress.Loopback : Metadata]);
            },
            Handlers.Silence);
        var endpoint = new DnsEndPoint("rebound.test", receiver.Url.Port);
        await (await connector.ConnectAsync(endpoint, CancellationToken.None)).DisposeAsync();
        good = false;

        await Assert.ThrowsAsync<TargetRefusedException>(() => connector.ConnectAsync(endpoint, CancellationToken.None).AsTask());
        Assert.Equal(2, asked);
    }

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("0.0.0.0")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("fe80::1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    public async Task Webhook_whose_endpoint_is_out_of_reach_says_so_in_one_sentence_and_is_tried_seldom(string address)
    {
        var resolved = IPAddress.Parse(address);
        await using var host = await WebhookHost.StartAsync(
            """
            [webhook."audit"]
            url = "http://secret-name.test/hook"
            events = "*"
            throttle = 0
            retry.initial = "1ms"
            retry.max = "10m"
            """,
            options => options.HttpHandlerOf = allowInvalid => Handlers.Resolving(allowInvalid, (_, _) => Task.FromResult<IPAddress[]>([resolved])));
        await host.Publisher.PublishAsync(Some.Event("1"));

        await Eventually.Equal(WebhookState.TargetRefused, async () => (await host.StatusAsync()).State);

        var attempt = Assert.Single(await host.AttemptsAsync());
        Assert.Equal((AttemptEnd.TargetRefused, TargetRefusedException.Words, ""), (attempt.Outcome.Kind, attempt.Outcome.Error, attempt.Outcome.Response));
        Assert.DoesNotContain(address, attempt.Outcome.Error!, StringComparison.Ordinal);
        Assert.True((await host.StatusAsync()).NextAttemptAt - DateTimeOffset.UtcNow > TimeSpan.FromMinutes(9));
    }

    private static HttpConnector Connector(params IPAddress[] addresses) => new((_, _) => Task.FromResult(addresses), Handlers.Silence);
}
