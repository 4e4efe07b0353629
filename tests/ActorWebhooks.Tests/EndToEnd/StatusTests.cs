using System.Collections.Immutable;
using System.Net;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Routing;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;

namespace ActorWebhooks.Tests.EndToEnd;

public sealed class StatusTests : TroubleTests
{
    private const string RetryAtOnce = """
        throttle = 0
        retry.initial = "1ms"
        retry.max = "1ms"
        """;

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(204)]
    [InlineData(299)]
    public async Task Success_delivers(int status)
    {
        await using var receiver = RoughReceiver.Answering(_ => status == 204 ? "HTTP/1.1 204 None\r\n\r\n" : Answers.Status(status));
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver.Url, RetryAtOnce));

        await host.Publisher.PublishAsync(Some.Event("1"));
        await host.AwaitDeliveredAsync(1);

        Assert.Equal(["1"], receiver.EventIds);
        Assert.Equal(status, Assert.Single(await host.AttemptsAsync()).Outcome.Status);
    }

    [Fact]
    public async Task Refused_event_in_a_batch_stands_alone_and_the_rest_arrives_in_order()
    {
        await using var receiver = await Receiver.StartAsync(request =>
            request.Text.Contains("\"id\":\"bad\"", StringComparison.Ordinal) ? 422 : 200);
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver, RetryAtOnce));
        var ids = Enumerable.Range(0, 100).Select(i => i == 50 ? "bad" : $"{i}").ToArray();

        await host.PublishTogetherAsync([.. ids.Select(id => Some.Event(id))]);
        await host.AwaitDeliveredAsync(99);

        var letters = (await host.Router.Ask<DeadLetterPage>(new ToWebhook("audit", new GetDeadLetters()))).Letters;
        Assert.Equal([("bad", DeadLetterReason.Refused, 422)], letters.Select(letter => (letter.Event.Id, letter.Reason, letter.Status!.Value)));
        Assert.Equal(ids.Where(id => id != "bad"), (await host.AttemptsAsync())
            .Zip(receiver.Requests)
            .Where(pair => pair.First.Decision == Decision.Delivered)
            .SelectMany(pair => StubRequest.EventIdsOf(pair.Second.Body)));
        Assert.InRange(receiver.Requests.Count, 1, 16);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Failure_has_the_same_bytes_sent_again_to_the_same_place(int status)
    {
        var count = 0;
        await using var receiver = RoughReceiver.Answering(_ =>
            Interlocked.Increment(ref count) < 3 ? Answers.Status(status, "Location: /elsewhere\r\n") : Answers.Ok);
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver.Url, RetryAtOnce));

        await host.PublishTogetherAsync(Some.Event("1"), Some.Event("2"));
        await host.AwaitDeliveredAsync(2);

        Assert.Equal([status, status, 200], (await host.AttemptsAsync()).Select(attempt => attempt.Outcome.Status));
        Assert.Equal(3, receiver.Requests.Count);
        Assert.Single(receiver.Requests.Select(request => $"{request.Path} {request.Text}").Distinct());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task Refused_event_becomes_a_dead_letter_and_those_around_it_are_delivered_in_order(int status)
    {
        await using var receiver = RoughReceiver.Answering(request =>
            StubRequest.EventIdsOf(request.Body).Contains("3") ? Answers.Status(status) : Answers.Ok);
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver.Url, RetryAtOnce));

        await host.PublishTogetherAsync([.. Enumerable.Range(1, 4).Select(i => Some.Event($"{i}"))]);
        await host.AwaitDeliveredAsync(3);

        Assert.Equal(
            ["1234", "12", "34", "3", "4"], receiver.Requests.Select(request => string.Concat(StubRequest.EventIdsOf(request.Body))));
        Assert.Equal(1, (await host.StatusAsync()).Dead);
    }

    [Fact]
    public async Task Gone_endpoint_gets_nothing_more()
    {
        await using var receiver = RoughReceiver.Answering(_ => Answers.Status((int)HttpStatusCode.Gone));
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver.Url, RetryAtOnce));

        await host.PublishTogetherAsync(Some.Event("1"), Some.Event("2"));
        await Eventually.Equal(WebhookState.Gone, async () => (await host.StatusAsync()).State);
        await host.Publisher.PublishAsync(Some.Event("3"));

        Assert.Equal(3, (await host.StatusAsync()).Dead);
        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task Answer_before_the_request_was_read_counts()
    {
        await using var receiver = RoughReceiver.Start(async connection =>
        {
            if (connection.Number == 0)
            {
                await connection.ReadHeadAsync();
                await connection.WriteAsync(Answers.Status(413, "Connection: close\r\n"));
                await connection.AwaitHangUpAsync();
            }

            await connection.AnswerAllAsync(_ => Answers.Ok);
        });
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver.Url, RetryAtOnce));

        await host.PublishTogetherAsync(Some.EventOfSize("1", 100_000), Some.EventOfSize("2", 100_000));
        await host.AwaitDeliveredAsync(2);

        Assert.Equal([413, 200, 200], (await host.AttemptsAsync()).Select(attempt => attempt.Outcome.Status));
        Assert.Equal(["1", "2"], receiver.Requests.Select(request => string.Concat(StubRequest.EventIdsOf(request.Body))));
    }
}
