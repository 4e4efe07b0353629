using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.EndToEnd;

public sealed class BrokenConnectionTests : TroubleTests
{
    private const string RetryAtOnce = """
        throttle = 0
        retry.initial = "1ms"
        retry.max = "1ms"
        """;

    [Fact]
    public async Task Refused_connections_are_tried_again_until_somebody_listens()
    {
        await using var receiver = RoughReceiver.Bind();
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver.Url, RetryAtOnce));

        await host.Publisher.PublishAsync(Some.Event("1"));
        await Eventually.Equal(true, async () => (await host.StatusAsync()).Failures > 2);
        Assert.Equal(AttemptEnd.NetworkError, (await host.StatusAsync()).LastAttempt!.Outcome.Kind);
        receiver.Listen(connection => connection.AnswerAllAsync(_ => Answers.Ok));
        await host.AwaitDeliveredAsync(1);

        Assert.Equal(["1"], receiver.EventIds);
    }

    [Theory]
    [InlineData("during the body")]
    [InlineData("after the body")]
    [InlineData("during the status line")]
    public async Task Reset_before_the_answer_has_the_same_bytes_sent_again(string when)
    {
        await using var receiver = RoughReceiver.Start(async connection =>
        {
            if (connection.Number > 0)
                await connection.AnswerAllAsync(_ => Answers.Ok);
            if (when == "during the body")
                await connection.ReadHeadAsync();
            else
                await connection.ReadRequestAsync();
            if (when == "during the status line")
                await connection.WriteAsync("HTTP/1.1 2");
            connection.Reset();
        });
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver.Url, RetryAtOnce));

        await host.PublishTogetherAsync(Some.EventOfSize("1", 100_000), Some.EventOfSize("2", 100_000));
        await host.AwaitDeliveredAsync(2);

        Assert.Equal(
            [AttemptEnd.NetworkError, AttemptEnd.Response], (await host.AttemptsAsync()).Select(attempt => attempt.Outcome.Kind));
        Assert.Single(receiver.Requests.Select(request => request.Text).Distinct());
    }

    [Fact]
    public async Task Status_before_a_reset_during_the_headers_decides()
    {
        await using var receiver = RoughReceiver.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nX-Some: thing\r\n");
            connection.Reset();
        });
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver.Url, RetryAtOnce));

        await host.PublishTogetherAsync(Some.EventOfSize("1", 100_000), Some.EventOfSize("2", 100_000));
        await host.AwaitDeliveredAsync(2);

        Assert.Equal(200, Assert.Single(await host.AttemptsAsync()).Outcome.Status);
        Assert.Single(receiver.Requests);
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\nhalf")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n8\r\nhalf")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nno number")]
    public async Task Response_body_that_breaks_does_not_make_a_delivered_batch_come_again(string response)
    {
        await using var receiver = RoughReceiver.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\n" + response);
        });
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver.Url, RetryAtOnce));

        for (var i = 1; i <= 3; i++)
        {
            await host.Publisher.PublishAsync(Some.Event($"{i}"));
            await host.AwaitDeliveredAsync(i);
        }

        Assert.Equal(["1", "2", "3"], receiver.EventIds);
        Assert.All(await host.AttemptsAsync(), attempt => Assert.Equal(200, attempt.Outcome.Status));
        Assert.Equal("half", (await host.StatusAsync()).LastAttempt!.Outcome.Response);
    }

    [Fact]
    public async Task Failure_whose_body_breaks_is_the_failure_that_it_says()
    {
        await using var receiver = RoughReceiver.Start(async connection =>
        {
            if (connection.Number > 0)
                await connection.AnswerAllAsync(_ => Answers.Ok);
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 500 Oh\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nhalf");
        });
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver.Url, RetryAtOnce));

        await host.Publisher.PublishAsync(Some.Event("1"));
        await host.AwaitDeliveredAsync(1);

        var failed = (await host.AttemptsAsync())[0].Outcome;
        Assert.Equal((500, "half"), (failed.Status, failed.Response));
    }

    [Fact]
    public async Task Interim_responses_are_not_the_answer()
    {
        await using var receiver = RoughReceiver.Answering(_ =>
            "HTTP/1.1 100 Continue\r\n\r\n" + "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + Answers.Ok);
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver.Url, RetryAtOnce));

        await host.Publisher.PublishAsync(Some.Event("1"));
        await host.AwaitDeliveredAsync(1);

        Assert.False(Assert.Single(receiver.Requests).Headers.ContainsKey("Expect"));
        Assert.Equal(200, Assert.Single(await host.AttemptsAsync()).Outcome.Status);
    }

    [Fact]
    public async Task Answer_of_an_old_server_counts()
    {
        await using var receiver = RoughReceiver.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.0 200 OK\r\n\r\nold");
        });
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver.Url, RetryAtOnce));

        for (var i = 1; i <= 2; i++)
        {
            await host.Publisher.PublishAsync(Some.Event($"{i}"));
            await host.AwaitDeliveredAsync(i);
        }

        Assert.Equal(["1", "2"], receiver.EventIds);
        Assert.Equal("old", (await host.StatusAsync()).LastAttempt!.Outcome.Response);
    }

    [Fact]
    public async Task Connection_that_was_closed_while_idle_costs_nothing()
    {
        await using var receiver = RoughReceiver.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(Answers.Ok);
        });
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver.Url, RetryAtOnce));
        await host.Publisher.PublishAsync(Some.Event("1"));
        await host.AwaitDeliveredAsync(1);
        await Eventually.Equal(0, () => receiver.Running);

        await host.Publisher.PublishAsync(Some.Event("2"));
        await host.AwaitDeliveredAsync(2);

        Assert.Equal(["1", "2"], receiver.EventIds);
    }

    [Fact]
    public async Task Connection_that_is_closed_as_the_next_batch_comes_repeats_that_batch_once()
    {
        await using var receiver = RoughReceiver.Start(async connection =>
        {
            if (connection.Number == 0)
            {
                await connection.ReadRequestAsync();
                await connection.WriteAsync(Answers.Ok);
                await connection.ReadRequestAsync();
                return;
            }

            await connection.AnswerAllAsync(_ => Answers.Ok);
        });
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver.Url, RetryAtOnce));

        for (var i = 1; i <= 2; i++)
        {
            await host.Publisher.PublishAsync(Some.Event($"{i}"));
            await host.AwaitDeliveredAsync(i);
        }

        Assert.Equal(["1", "2", "2"], receiver.EventIds);
    }
}
