using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.EndToEnd;

public sealed class SlowReceiverTests : TroubleTests
{
    // Some batches are of 10 MB, so that they do not fit into what the systems at both ends buffer.
    protected override long MostAllocated => 192 * MiB;

    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(300);

    // Where the headers must come in time, however busy the machine is.
    private static readonly TimeSpan AmpleTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Drip = TimeSpan.FromMilliseconds(20);

    [Theory]
    [InlineData("reads nothing")]
    [InlineData("answers nothing")]
    [InlineData("drips a status line")]
    public async Task Receiver_without_an_answer_costs_its_timeout_and_gets_the_same_bytes_again(string what)
    {
        await using var receiver = RoughReceiver.Start(async connection =>
        {
            if (connection.Number > 0)
                await connection.AnswerAllAsync(_ => Answers.Ok);
            if (what == "reads nothing")
                await connection.FreezeAsync();
            await connection.ReadRequestAsync();
            if (what == "answers nothing")
                await connection.AwaitHangUpAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK");
            await connection.WriteWithoutEndAsync("x", Drip);
        });
        await using var host = await StartAsync(receiver, Timeout, "batch.max-bytes = \"64MiB\"");
        var events = Enumerable.Range(1, 40).Select(i => Some.EventOfSize($"{i}", 200_000)).ToArray();

        await host.PublishTogetherAsync(events);
        await host.AwaitDeliveredAsync(events.Length);

        var attempts = await host.AttemptsAsync();
        Assert.All(attempts[..^1], attempt => Assert.Equal((AttemptEnd.Timeout, Decision.Retry), (attempt.Outcome.Kind, attempt.Decision)));
        Assert.InRange(attempts[0].Latency, Timeout, Timeout + Margin);
        Assert.Single(receiver.Requests.Select(request => request.Text).Distinct());
        if (what != "reads nothing")
            await Eventually.Equal(1, () => receiver.Running);
    }

    [Fact]
    public async Task Delivered_batch_whose_response_drips_holds_its_webhook_not_longer_than_the_timeout_and_does_not_come_again()
    {
        await using var receiver = RoughReceiver.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(Answers.OpenEnded);
            await connection.WriteWithoutEndAsync("x", Drip);
        });
        await using var host = await StartAsync(receiver, AmpleTimeout);

        await host.Publisher.PublishAsync(Some.Event("1"));
        await host.AwaitDeliveredAsync(1);
        await Eventually.Equal(0, () => receiver.Running);

        var attempt = (await host.AttemptsAsync())[^1];
        Assert.Equal(200, attempt.Outcome.Status);
        Assert.True(attempt.Latency < AmpleTimeout + Margin);
        Assert.StartsWith("xx", attempt.Outcome.Response, StringComparison.Ordinal);
        Assert.Equal(["1"], receiver.EventIds);
    }

    [Fact]
    public async Task Failure_whose_body_drips_is_the_failure_that_it_says()
    {
        await using var receiver = RoughReceiver.Start(async connection =>
        {
            if (connection.Number > 0)
                await connection.AnswerAllAsync(_ => Answers.Ok);
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 410 Gone\r\n\r\n");
            await connection.WriteWithoutEndAsync("x", Drip);
        });
        await using var host = await StartAsync(receiver, AmpleTimeout);

        await host.Publisher.PublishAsync(Some.Event("1"));
        await Eventually.Equal(WebhookState.Gone, async () => (await host.StatusAsync()).State);

        Assert.Equal(1, (await host.StatusAsync()).Dead);
    }

    [Fact]
    public async Task Response_body_is_not_waited_for_longer_than_a_few_seconds_whatever_the_timeout()
    {
        await using var receiver = RoughReceiver.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(Answers.OpenEnded);
            await connection.AwaitHangUpAsync();
        });
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver.Url));

        await host.Publisher.PublishAsync(Some.Event("1"));
        await host.AwaitDeliveredAsync(1);

        Assert.True(Assert.Single(await host.AttemptsAsync()).Latency < HttpAttempt.BodyPatience + Margin);
        Assert.Equal(["1"], receiver.EventIds);
    }

    private static Task<WebhookHost> StartAsync(RoughReceiver receiver, TimeSpan timeout, string more = "") =>
        WebhookHost.StartAsync(WebhookHost.Toml(receiver.Url, $"""
            throttle = 0
            timeout = "{timeout.TotalMilliseconds}ms"
            retry.initial = "1ms"
            retry.max = "1ms"
            {more}
            """));
}
