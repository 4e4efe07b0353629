using System.Diagnostics;
using ActorWebhooks.Tests.Testing;

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
}
