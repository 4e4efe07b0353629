using System.Net;
using System.Text.Json;
using ActorWebhooks.Server.Api;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Api;

public sealed class EventsEndpointTests
{
    private readonly RecordingPublisher _publisher = new();

    [Theory]
    [InlineData("""{"type":"a","id":"1"}""", "application/json", 1)]
    [InlineData("""[{"type":"a","id":"1"},{"type":"b","id":"2"}]""", "application/json; charset=utf-8", 2)]
    [InlineData("""[{"type":"a","id":"1"},{"type":"b","id":"2"}]""", "application/cloudevents+json; charset=\"UTF-8\"", 2)]
    [InlineData("""[{"type":"a","id":"1"},{"type":"b","id":"2"}]""", "application/json;charset=utf8", 2)]
    [InlineData("""[{"type":"a","id":"1"},{"type":"b","id":"2"}]""", "Application/JSON; Charset=\"UTF8\"", 2)]
    [InlineData("""[{"type":"a","id":"1"},{"type":"b","id":"2"}]""", null, 2)]
    [InlineData("{\"type\":\"a\",\"id\":\"1\"}\n{\"type\":\"b\",\"id\":\"2\"}\n", "application/x-ndjson", 2)]
    [InlineData("{\"type\":\"a\",\"id\":\"1\"}\n{\"type\":\"b\",\"id\":\"2\"}\n", "application/json", 2)]
    public async Task Events_are_taken_in_order_in_each_form(string body, string? contentType, int count)
    {
        await using var server = await RunningServer.StartAsync(publisher: _publisher);

        using var response = await server.PostAsync(body, contentType);

        var ids = Enumerable.Range(1, count).Select(i => $"{i}").ToArray();
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(
            $"{{\"accepted\":{count},\"ids\":[{string.Join(',', ids.Select(id => $"\"{id}\""))}]}}", await response.Content.ReadAsStringAsync());
        Assert.Equal(ids, _publisher.Published.Select(e => e.Id));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task A_fault_is_a_problem_and_nothing_of_the_request_is_taken()
    {
        await using var server = await RunningServer.StartAsync(publisher: _publisher);

        using var response = await server.PostAsync("{\"type\":\"a\"}\n{\"type\":\"b b\"}", "application/x-ndjson");

        var problem = await ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal((1, 2), (problem.GetProperty("index").GetInt32(), problem.GetProperty("line").GetInt32()));
        Assert.StartsWith("Event 1 (line 2): The type 'b b' is not", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(_publisher.Published);
    }

    [Fact]
    public async Task Event_over_the_size_limit_is_413_and_nothing_of_the_request_is_taken()
    {
        await using var server = await RunningServer.StartAsync(publisher: _publisher);

        using var response = await server.PostAsync($$"""[{"type":"fine"},{"type":"large","data":{"a":"{{new string('x', 262_144)}}"} }]""");

        Assert.Equal(1, (await ProblemAsync(response, HttpStatusCode.RequestEntityTooLarge)).GetProperty("index").GetInt32());
        Assert.Empty(_publisher.Published);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/html")]
    [InlineData("application/xml")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=utf88")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("nonsense")]
    public async Task Another_content_type_is_415(string contentType)
    {
        await using var server = await RunningServer.StartAsync(publisher: _publisher);

        using var response = await server.PostAsync("""{"type":"a"}""", contentType);

        await ProblemAsync(response, HttpStatusCode.UnsupportedMediaType);
        Assert.Empty(_publisher.Published);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Too_large_a_body_is_413_even_when_it_does_not_tell_its_length(bool chunked)
    {
        await using var server = await RunningServer.StartAsync(publisher: _publisher);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/events")
        {
            Content = new ByteArrayContent(new byte[EventLimits.MaxBodyBytes + 1]),
        };
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ExpectContinue = !chunked;

        using var response = await server.Client.SendAsync(request);

        await ProblemAsync(response, HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData(RefusalReason.OutboxFull, HttpStatusCode.ServiceUnavailable)]
    [InlineData(RefusalReason.NodeFull, HttpStatusCode.ServiceUnavailable)]
    [InlineData(RefusalReason.Stopping, HttpStatusCode.ServiceUnavailable)]
    [InlineData(RefusalReason.JournalUnavailable, HttpStatusCode.ServiceUnavailable)]
    [InlineData(RefusalReason.NotOwner, HttpStatusCode.ServiceUnavailable)]
    [InlineData(RefusalReason.EventTooLarge, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Refused_events_are_named(RefusalReason reason, HttpStatusCode status)
    {
        var publisher = new RecordingPublisher { Refuse = e => e.Id == "2" ? reason : null };
        await using var server = await RunningServer.StartAsync(publisher: publisher);

        using var response = await server.PostAsync("""[{"type":"a","id":"1"},{"type":"a","id":"2"}]""");

        var problem = await ProblemAsync(response, status);
        var refusal = Assert.Single(problem.GetProperty("refusals").EnumerateArray());
        Assert.Equal(("2", "a", reason.ToString()), (
            refusal.GetProperty("id").GetString(), refusal.GetProperty("webhook").GetString(), refusal.GetProperty("reason").GetString()));
        Assert.Equal((1, 1), (problem.GetProperty("accepted").GetInt32(), problem.GetProperty("refused").GetInt32()));
        Assert.Equal(status == HttpStatusCode.ServiceUnavailable, response.Headers.RetryAfter is not null);
    }

    [Theory]
    [InlineData(RefusalReason.OutboxFull, 1, "Not every webhook could take")]
    [InlineData(RefusalReason.JournalUnavailable, 5, "The journal did not confirm")]
    [InlineData(RefusalReason.NotOwner, 5, "This node does not own")]
    [InlineData(RefusalReason.Stopping, 5, "The server is stopping")]
    public async Task Refusal_says_what_it_is_and_when_to_try_again(RefusalReason reason, int seconds, string words)
    {
        var publisher = new RecordingPublisher { Refuse = e => e.Id == "2" ? reason : RefusalReason.OutboxFull };
        await using var server = await RunningServer.StartAsync(publisher: publisher);

        using var response = await server.PostAsync("""[{"type":"a","id":"1"},{"type":"a","id":"2"}]""");

        var problem = await ProblemAsync(response, HttpStatusCode.ServiceUnavailable);
        Assert.StartsWith(words, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(seconds), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Receipt_that_does_not_come_is_503_with_retry_after()
    {
        var options = new ServerOptions { ReceiptPatience = TimeSpan.FromMilliseconds(1) };
        await using var server = await RunningServer.StartAsync(options, new SilentPublisher());

        using var response = await server.PostAsync("""{"type":"a"}""");

        await ProblemAsync(response, HttpStatusCode.ServiceUnavailable);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task What_goes_wrong_inside_is_not_told_outside()
    {
        var publisher = new RecordingPublisher { Refuse = _ => throw new InvalidOperationException("secret detail") };
        await using var server = await RunningServer.StartAsync(publisher: publisher);

        using var response = await server.PostAsync("""{"type":"a"}""");

        Assert.DoesNotContain("secret", (await ProblemAsync(response, HttpStatusCode.InternalServerError)).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    [InlineData("/api/events", HttpStatusCode.MethodNotAllowed)]
    public async Task Wrong_addresses_and_methods_are_problems_too(string path, HttpStatusCode status)
    {
        await using var server = await RunningServer.StartAsync(publisher: _publisher);

        using var response = await server.Client.GetAsync(new Uri(path, UriKind.Relative));

        await ProblemAsync(response, status);
    }

    internal static async Task<JsonElement> ProblemAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await RunningServer.JsonOf(response);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        return problem;
    }

    private sealed class SilentPublisher : IWebhookPublisher
    {
        public Task<PublishReceipt> PublishAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken = default) =>
            new TaskCompletionSource<PublishReceipt>().Task;

        public Task<PublishReceipt> PublishAsync(WebhookEvents webhookEvents, CancellationToken cancellationToken = default) =>
            new TaskCompletionSource<PublishReceipt>().Task;
    }
}
