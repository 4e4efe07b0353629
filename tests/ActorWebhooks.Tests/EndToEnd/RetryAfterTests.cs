using System.Collections.Concurrent;
using System.Diagnostics;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;
using Akka.Hosting;

namespace ActorWebhooks.Tests.EndToEnd;

public sealed class RetryAfterTests : TroubleTests
{
    private const string RetryAtOnce = """
        retry.initial = "1ms"
        retry.max = "1ms"
        """;

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Seconds_are_waited_for(int status)
    {
        var since = 0L;
        await using var receiver = RoughReceiver.Answering(_ =>
        {
            if (since != 0)
                return Answers.Ok;
            since = Stopwatch.GetTimestamp();
            return Answers.Status(status, "Retry-After: 1\r\n");
        });
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver.Url, RetryAtOnce));

        await host.Publisher.PublishAsync(Some.Event("1"));
        await Eventually.Equal(2, () => receiver.Requests.Count);

        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Date_is_waited_for(int status)
    {
        DateTimeOffset? until = null;
        await using var receiver = RoughReceiver.Answering(_ =>
        {
            if (until is not null)
                return Answers.Ok;
            // A date has whole seconds.
            until = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.AddSeconds(2).ToUnixTimeSeconds());
            return Answers.Status(status, $"Retry-After: {until:R}\r\n");
        });
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver.Url, RetryAtOnce));

        await host.Publisher.PublishAsync(Some.Event("1"));
        await Eventually.Equal(2, () => receiver.Requests.Count);

        Assert.InRange(DateTimeOffset.UtcNow, until!.Value, until.Value.AddSeconds(3));
    }

    [Theory]
    [InlineData("Retry-After: 0.6\r\n")]
    [InlineData("Retry-After: 0\r\nRetry-After:   1  \r\n")]
    [InlineData("Retry-After: 0, 1\r\nRetry-After: soon\r\n")]
    public async Task Forms_of_the_field_are_waited_for(string headers)
    {
        var since = 0L;
        await using var receiver = RoughReceiver.Answering(_ =>
        {
            if (since != 0)
                return Answers.Ok;
            since = Stopwatch.GetTimestamp();
            return Answers.Status(429, headers);
        });
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver.Url, RetryAtOnce));

        await host.Publisher.PublishAsync(Some.Event("1"));
        await Eventually.Equal(2, () => receiver.Requests.Count);

        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task Nonsense_is_told_once_without_secrets_and_is_no_wait()
    {
        await using var receiver = RoughReceiver.Answering(_ => Answers.Status(503, "Retry-After: when hidden-token allows\r\n"));
        var log = new ConcurrentQueue<string>();
        await using var host = await WebhookHost.StartAsync(akka => akka
            .WithWebhooks(options => options.ConfigText = WebhookHost.Toml(receiver.Url, $"auth.token = \"hidden-token\"\n{RetryAtOnce}"))
            .WithActors((system, _) => system.EventStream.Subscribe(
                system.ActorOf(Props.Create(() => new WarningListener(log))), typeof(Akka.Event.Warning))));

        await host.Publisher.PublishAsync(Some.Event("1"));
        await Eventually.True(() => receiver.Requests.Count >= 5);

        await host.StatusAsync();
        Assert.Equal(
            "Webhook audit: Retry-After of the endpoint is neither seconds nor a date, and is ignored: when *** allows",
            Assert.Single(log, line => line.Contains("Retry-After", StringComparison.Ordinal)));
    }

    private sealed class WarningListener(ConcurrentQueue<string> log) : UntypedActor
    {
        protected override void OnReceive(object message) => log.Enqueue($"{((Akka.Event.Warning)message).Message}");
    }
}
