using System.Net;
using System.Text;
using ActorWebhooks.Server.Api;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Api;

public sealed class EventsEndpointTests
{
    private const string Key = "0123456789abcdef";

    [Fact]
    public async Task Event_is_accepted_delivered_to_the_demo_receiver_verified_and_printed()
    {
        await using var node = await Node.StartAsync();

        using var response = await node.PostAsync("""{"type":"auth.success","data":{"accountName":"jdoe"},"id":"my-id"}""");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("""{"accepted":1,"ids":["my-id"]}""", await response.Content.ReadAsStringAsync());
        await node.Screen.Shows("""  auth.success  {"accountName":"jdoe"}  my-id""");
        await node.Screen.Shows("signature valid (X-Signature)");
    }

    [Theory]
    [InlineData("""[{"type":"a","id":"1"},{"type":"b","id":"2"}]""", "application/json; charset=utf-8")]
    [InlineData("{\"type\":\"a\",\"id\":\"1\"}\n{\"type\":\"b\",\"id\":\"2\"}\n", "application/x-ndjson")]
    [InlineData("""[{"type":"a","id":"1"},{"type":"b","id":"2"}]""", null)]
    public async Task Many_events_are_accepted_in_order(string body, string? contentType)
    {
        await using var node = await Node.StartAsync();

        using var response = await node.PostAsync(body, contentType);

        Assert.Equal("""{"accepted":2,"ids":["1","2"]}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("""[{"type":"fine"},{"type":"hostile\u0000type"}]""", "application/json", 400)]
    [InlineData("""[{"type":"fine"},{"type":"br""", "application/json", 400)]
    [InlineData("type=fine", "application/x-www-form-urlencoded", 415)]
    [InlineData("<type>fine</type>", "application/xml", 415)]
    [InlineData("fine", "text/plain", 415)]
    public async Task What_is_refused_is_a_problem_and_nothing_of_it_is_taken(string body, string contentType, int status)
    {
        await using var node = await Node.StartAsync();

        using var response = await node.PostAsync(body, contentType);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status, (await Node.JsonOf(response)).GetProperty("status").GetInt32());
        await AssertNothingTaken(node);
    }

    [Fact]
    public async Task Event_over_the_size_limit_is_413_and_nothing_of_the_request_is_taken()
    {
        await using var node = await Node.StartAsync();

        using var response = await node.PostAsync($$"""[{"type":"fine"},{"type":"large","data":{"a":"{{new string('x', 262_144)}}"} }]""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("events[1]", (await Node.JsonOf(response)).GetProperty("detail").GetString(), StringComparison.Ordinal);
        await AssertNothingTaken(node);
    }

    [Fact]
    public async Task Body_over_the_limit_is_413_even_when_it_does_not_tell_its_length()
    {
        await using var node = await Node.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/events") { Content = new EndlessContent(EventsEndpoint.MaxBodyBytes + 1) };

        using var response = await node.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task With_an_api_key_only_its_bearer_is_heard()
    {
        await using var node = await Node.StartAsync(options => options with { ApiKey = Key });

        using var without = await node.PostAsync("""{"type":"a"}""");
        node.Client.DefaultRequestHeaders.Add("Authorization", $"Bearer {Key}x");
        using var wrong = await node.PostAsync("""{"type":"a"}""");
        node.Client.DefaultRequestHeaders.Remove("Authorization");
        node.Client.DefaultRequestHeaders.Add("Authorization", $"Bearer {Key}");
        using var right = await node.PostAsync("""{"type":"a"}""");
        using var live = await node.Client.GetAsync(new Uri("/health/live", UriKind.Relative));

        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Accepted, HttpStatusCode.OK],
            new[] { without, wrong, right, live }.Select(response => response.StatusCode));
        Assert.Equal("Bearer", without.Headers.WwwAuthenticate.ToString());
        Assert.Equal("application/problem+json", without.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Events_beyond_what_the_node_may_hold_are_503_with_retry_after_and_their_ids()
    {
        using var folder = new Folder();
        var config = folder.Write("webhooks.toml", """
            [webhook.dead]
            url = "http://127.0.0.1:1/"
            events = "*"
            """);
        var hocon = folder.Write("node.conf", "actor-webhooks.outbox.max-bytes = 1MiB");
        await using var node = await Node.StartAsync(options => options with { ConfigFile = config, HoconFile = hocon });
        var events = Enumerable.Range(0, 6).Select(i => $$"""{"type":"a","id":"{{i}}","data":{"a":"{{new string('x', 250_000)}}"} }""");

        using var response = await node.PostAsync($"[{string.Join(',', events)}]");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        var problem = await Node.JsonOf(response);
        Assert.Contains("OutboxFull", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(["4", "5"], problem.GetProperty("refused").EnumerateArray().Select(id => id.GetString()));
    }

    [Theory]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/api/events", HttpStatusCode.MethodNotAllowed)]
    public async Task Wrong_address_or_method_is_a_problem_too(string path, HttpStatusCode status)
    {
        await using var node = await Node.StartAsync();

        using var response = await node.Client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Live_says_so()
    {
        await using var node = await Node.StartAsync();

        Assert.Equal("live", await node.Client.GetStringAsync(new Uri("/health/live", UriKind.Relative)));
    }

    // The next event is the first and only one to be delivered.
    private static async Task AssertNothingTaken(Node node)
    {
        using var response = await node.PostAsync("""{"type":"marker","id":"marker"}""");
        await node.Screen.Shows("marker");
        Assert.DoesNotContain("fine", node.Screen.Text, StringComparison.Ordinal);
    }

    private sealed class EndlessContent(long length) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var chunk = Encoding.ASCII.GetBytes(new string(' ', 65_536));
            try
            {
                for (var written = 0L; written < length; written += chunk.Length)
                    await stream.WriteAsync(chunk);
            }
            catch (IOException)
            {
                // The server has heard enough; its answer is what counts.
            }
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = 0;
            return false;
        }
    }
}
