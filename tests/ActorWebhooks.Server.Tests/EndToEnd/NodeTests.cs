using System.Net;
using ActorWebhooks.Server.Receiving;
using ActorWebhooks.Server.Tests.Testing;
using Akka;
using Akka.Actor;
using Akka.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ActorWebhooks.Server.Tests.EndToEnd;

/// <summary>The server with the engine behind it.</summary>
public sealed class NodeTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Event_is_accepted_delivered_to_the_demo_receiver_verified_and_printed()
    {
        await using var server = await RunningServer.StartAsync();

        using var response = await server.PostAsync("""{"type":"auth.success","data":{"accountName":"jdoe"},"id":"my-id"}""");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("""{"accepted":1,"ids":["my-id"]}""", await response.Content.ReadAsStringAsync());
        await server.Screen.Shows("""demo received auth.success  {"accountName":"jdoe"}  id my-id  signature valid (X-Signature)""");
    }

    [Theory]
    [InlineData("""[{"type":"fine"},{"type":"hostile\u0000type"}]""")]
    [InlineData("""[{"type":"fine"},{"type":"br""")]
    public async Task Nothing_of_a_refused_request_is_delivered(string body)
    {
        await using var server = await RunningServer.StartAsync();

        using var refused = await server.PostAsync(body);
        using var taken = await server.PostAsync("""{"type":"marker"}""");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        // Events of one sender come in order, so whatever had been taken of the first request would stand before the marker.
        await server.Screen.Shows("marker");
        Assert.DoesNotContain("fine", server.Screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_beyond_what_a_webhook_may_hold_are_503_with_retry_after_and_their_ids()
    {
        var config = _folder.Write("webhooks.toml", """
            [webhook.dead]
            url = "http://127.0.0.1:1/"
            events = "*"
            """);
        await using var server = await RunningServer.StartAsync(
            new() { ConfigFile = config, Hocon = ConfigurationFactory.ParseString("actor-webhooks.outbox.max-bytes = 1MiB") });
        var events = Enumerable.Range(0, 6).Select(i => $$"""{"type":"a","id":"{{i}}","data":{"a":"{{new string('x', 250_000)}}"} }""");

        using var response = await server.PostAsync($"[{string.Join(',', events)}]");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        var problem = await RunningServer.JsonOf(response);
        Assert.Equal(4, problem.GetProperty("accepted").GetInt32());
        Assert.Equal(
            [("4", "dead", "OutboxFull"), ("5", "dead", "OutboxFull")],
            problem.GetProperty("refusals").EnumerateArray().Select(refusal => (
                refusal.GetProperty("id").GetString()!, refusal.GetProperty("webhook").GetString()!, refusal.GetProperty("reason").GetString()!)));
    }

    [Fact]
    public async Task Demo_receiver_is_not_there_when_there_is_a_configuration()
    {
        await using var server = await RunningServer.StartAsync(new() { ConfigFile = _folder.Write("webhooks.toml", "# no webhooks") });

        using var response = await server.Client.PostAsync(new Uri(DemoWebhook.Path, UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task While_the_engine_delivers_what_it_holds_before_it_stops_the_server_still_answers()
    {
        await using var server = await RunningServer.StartAsync();
        var answer = HttpStatusCode.Unused;
        CoordinatedShutdown.Get(server.Services.GetRequiredService<ActorSystem>()).AddTask(
            CoordinatedShutdown.PhaseServiceRequestsDone,
            "deliver to the demo receiver",
            async () =>
            {
                using var response = await server.Client.PostAsync(new Uri(DemoWebhook.Path, UriKind.Relative), null);
                answer = response.StatusCode;
                return Done.Instance;
            });

        await server.StopAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, answer);
        await Assert.ThrowsAsync<HttpRequestException>(() => server.PostAsync("""{"type":"a"}"""));
    }

    [Fact]
    public async Task Events_for_an_engine_that_has_stopped_are_503()
    {
        await using var server = await RunningServer.StartAsync();
        await CoordinatedShutdown.Get(server.Services.GetRequiredService<ActorSystem>()).Run(CoordinatedShutdown.ClrExitReason.Instance);

        using var response = await server.PostAsync("""{"type":"a"}""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
        Assert.Contains("stopping", (await RunningServer.JsonOf(response)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
