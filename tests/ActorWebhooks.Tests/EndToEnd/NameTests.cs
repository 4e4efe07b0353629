using System.Net;
using System.Net.Sockets;
using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.EndToEnd;

public sealed class NameTests : TroubleTests
{
    private const string Name = "receiver.test";

    private static readonly IPAddress Other = IPAddress.Parse("127.0.0.2");

    private const string RetryAtOnce = """
        timeout = "5s"
        retry.initial = "1ms"
        retry.max = "1ms"
        """;

    [Fact]
    public async Task Name_that_does_not_exist_is_a_failure_and_another_is_tried_as_soon_as_it_is_configured()
    {
        await using var receiver = RoughReceiver.Answering(_ => Answers.Ok);
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver.UrlOf("no-such-host.invalid"), RetryAtOnce));

        await host.Publisher.PublishAsync(Some.Event("1"));
        await Eventually.Equal(true, async () => (await host.StatusAsync()).Failures > 0);
        var failed = await host.StatusAsync();
        // Some resolvers take their time to say no.
        Assert.Contains(failed.LastAttempt!.Outcome.Kind, new[] { AttemptEnd.NetworkError, AttemptEnd.Timeout });
        host.Tell(new ReconfigureWebhook(failed.Definition with { Url = receiver.Url }));
        await host.AwaitDeliveredAsync(1);

        Assert.Equal(["1"], receiver.EventIds);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("without an address")]
    public async Task Name_is_looked_up_again_until_it_is_known(string at)
    {
        var lookUps = 0;
        await using var receiver = RoughReceiver.Answering(_ => Answers.Ok);
        await using var host = await StartAsync(receiver, (name, _) => Interlocked.Increment(ref lookUps) switch
        {
            > 2 => Task.FromResult<IPAddress[]>([IPAddress.Loopback]),
            _ when at == "unknown" => Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound)),
            _ => Task.FromResult<IPAddress[]>([]),
        });

        await host.Publisher.PublishAsync(Some.Event("1"));
        await host.AwaitDeliveredAsync(1);

        var attempts = await host.AttemptsAsync();
        Assert.Equal(3, attempts.Length);
        Assert.Equal(AttemptEnd.NetworkError, attempts[0].Outcome.Kind);
        Assert.Contains(Name, attempts[0].Outcome.Error, StringComparison.Ordinal);
        Assert.Equal(["1"], receiver.EventIds);
    }

    [Fact]
    public async Task Address_that_refuses_leads_to_the_next_within_the_same_attempt()
    {
        await using var receiver = RoughReceiver.Answering(_ => Answers.Ok);
        await using var host = await StartAsync(receiver, (_, _) => Task.FromResult<IPAddress[]>([Other, IPAddress.Loopback]));

        await host.Publisher.PublishAsync(Some.Event("1"));
        await host.AwaitDeliveredAsync(1);

        Assert.Single(await host.AttemptsAsync());
        Assert.Equal(["1"], receiver.EventIds);
    }

    [Fact]
    public async Task Address_that_says_nothing_leads_to_the_next_within_the_same_attempt()
    {
        await using var receiver = RoughReceiver.Answering(_ => Answers.Ok);
        using var silent = new FullListener(new IPEndPoint(Other, receiver.Port));
        await using var host = await StartAsync(receiver, (_, _) => Task.FromResult<IPAddress[]>([Other, IPAddress.Loopback]));

        await host.Publisher.PublishAsync(Some.Event("1"));
        await host.AwaitDeliveredAsync(1);

        Assert.True(Assert.Single(await host.AttemptsAsync()).Latency >= Handlers.Silence - TimeSpan.FromMilliseconds(20));
        Assert.Equal(["1"], receiver.EventIds);
    }

    private static Task<WebhookHost> StartAsync(RoughReceiver receiver, Func<string, CancellationToken, Task<IPAddress[]>> resolve) =>
        WebhookHost.StartAsync(
            WebhookHost.Toml(receiver.UrlOf(Name), RetryAtOnce),
            options => options.HttpHandlerOf = allowInvalidCerts => Handlers.Resolving(allowInvalidCerts, resolve));
}
