using System.Net;
using ActorWebhooks.Server.Api;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Tests.Intake;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Api;

public sealed class AccessTests
{
    private const string Key = "0123456789abcdef";

    private readonly RecordingPublisher _publisher = new();

    [Theory]
    [InlineData(null, false)]
    [InlineData("Bearer wrong", false)]
    [InlineData("Bearer 0123456789abcdeg", false)]
    [InlineData("Bearer 0123456789abcdefx", false)]
    [InlineData("Basic 0123456789abcdef", false)]
    [InlineData("Bearer 0123456789abcdef", true)]
    public async Task With_a_key_only_its_owner_may_publish(string? authorization, bool isTaken)
    {
        await using var server = await RunningServer.StartAsync(WithKey, _publisher);
        server.Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);

        using var response = await server.PostAsync("""{"type":"a"}""");

        Assert.Equal(isTaken ? 1 : 0, _publisher.Published.Count);
        if (!isTaken)
        {
            await EventsEndpointTests.ProblemAsync(response, HttpStatusCode.Unauthorized);
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        }
    }

    [Theory]
    [InlineData("Origin", "https://example.com")]
    [InlineData("Origin", "null")]
    [InlineData("Host", "rebound.example.com")]
    [InlineData("Forwarded", "for=192.0.2.1")]
    [InlineData("X-Forwarded-For", "192.0.2.1")]
    [InlineData("x-forwarded-prefix", "")]
    [InlineData("X-Real-IP", "192.0.2.1")]
    [InlineData("X-Forwarded", "for=192.0.2.1")]
    [InlineData("X-Original-For", "192.0.2.1:4711")]
    [InlineData("CF-Connecting-IP", "192.0.2.1")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Without_a_key_web_pages_and_what_a_proxy_forwards_are_kept_out(string header, string value)
    {
        await using var server = await RunningServer.StartAsync(publisher: _publisher);
        server.Client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);

        using var response = await server.PostAsync("""{"type":"a"}""");

        await EventsEndpointTests.ProblemAsync(response, HttpStatusCode.Forbidden);
        Assert.Empty(_publisher.Published);
    }

    [Fact]
    public async Task Without_a_key_the_version_of_HTTP_that_proxies_speak_by_default_is_refused_with_what_to_do()
    {
        await using var server = await RunningServer.StartAsync(publisher: _publisher);
        using var callers = new RawCallers(server.Url.Port);

        var proxy = await callers.OpenAsync("GET /api/webhooks HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n"u8.ToArray());
        var health = await callers.OpenAsync("GET /health/live HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n"u8.ToArray());

        Assert.Equal("HTTP/1.1 403 Forbidden", await RawCallers.AnswerAsync(proxy, TimeSpan.FromSeconds(5)));
        Assert.Equal("HTTP/1.1 200 OK", await RawCallers.AnswerAsync(health, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task With_a_key_a_proxy_may_forward()
    {
        await using var server = await RunningServer.StartAsync(WithKey, _publisher);
        server.Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {Key}");
        server.Client.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-For", "192.0.2.1");

        using var response = await server.PostAsync("""{"type":"a"}""");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Theory]
    [InlineData("POST", "/api/events", HttpStatusCode.Accepted)]
    [InlineData("GET", "/api/events", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/health/live", HttpStatusCode.OK)]
    [InlineData("GET", "/health/ready", HttpStatusCode.OK)]
    [InlineData("POST", "/api/events?fail", HttpStatusCode.InternalServerError)]
    [InlineData("POST", "/api/events?foreign", HttpStatusCode.Forbidden)]
    public async Task Every_answer_tells_browsers_to_make_nothing_of_it_and_caches_to_keep_nothing(string method, string path, HttpStatusCode status)
    {
        var publisher = new RecordingPublisher { Refuse = _ => path.EndsWith("fail", StringComparison.Ordinal) ? throw new InvalidOperationException() : null };
        await using var server = await RunningServer.StartAsync(publisher: publisher);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST")
            request.Content = new StringContent("""{"type":"a"}""", System.Text.Encoding.UTF8, "application/json");
        if (path.EndsWith("foreign", StringComparison.Ordinal))
            request.Headers.Add("Origin", "https://example.com");

        using var response = await server.Client.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
    }

    [Fact]
    public async Task Live_is_told_without_a_key()
    {
        await using var server = await RunningServer.StartAsync(WithKey, _publisher);

        Assert.Equal("live", await server.Client.GetStringAsync(new Uri("/health/live", UriKind.Relative)));
    }

    private static ServerOptions WithKey => new() { ApiKey = ApiKey.TryParse(Key) };
}
