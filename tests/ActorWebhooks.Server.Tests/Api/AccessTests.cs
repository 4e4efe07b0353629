using System.Net;
using ActorWebhooks.Server.Api;
using ActorWebhooks.Server.Hosting;
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
    public async Task Without_a_key_web_pages_are_kept_out(string header, string value)
    {
        await using var server = await RunningServer.StartAsync(publisher: _publisher);
        server.Client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);

        using var response = await server.PostAsync("""{"type":"a"}""");

        await EventsEndpointTests.ProblemAsync(response, HttpStatusCode.Forbidden);
        Assert.Empty(_publisher.Published);
    }

    [Fact]
    public async Task Live_is_told_without_a_key()
    {
        await using var server = await RunningServer.StartAsync(WithKey, _publisher);

        Assert.Equal("live", await server.Client.GetStringAsync(new Uri("/health/live", UriKind.Relative)));
    }

    private static ServerOptions WithKey => new() { ApiKey = ApiKey.TryParse(Key) };
}
