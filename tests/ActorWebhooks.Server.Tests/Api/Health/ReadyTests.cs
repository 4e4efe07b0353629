using System.Net;
using ActorWebhooks.Readiness;
using ActorWebhooks.Server.Api;
using ActorWebhooks.Server.Api.Health;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Tests.Testing;
using Akka;
using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;

namespace ActorWebhooks.Server.Tests.Api.Health;

public sealed class ReadyTests
{
    private const string IsReady = """{"status":"ready","warnings":[]}""";
    private const string NotInCluster = """{"status":"not-ready","reasons":["The node is not in its cluster."]}""";

    private static ServerOptions OfCluster => new() { Cluster = new(new("127.0.0.1", 0), []) };

    [Fact]
    public async Task Node_is_ready_when_it_has_started_and_needs_no_key_to_say_so()
    {
        await using var server = await RunningServer.StartAsync(new() { ApiKey = ApiKey.TryParse("0123456789abcdef") });

        Assert.Equal((HttpStatusCode.OK, IsReady), await ReadyAsync(server));
    }

    [Fact]
    public async Task Probe_that_names_the_node_by_a_foreign_address_is_answered()
    {
        await using var server = await RunningServer.StartAsync();
        server.Client.DefaultRequestHeaders.Host = "10.0.0.5:8080";

        Assert.Equal((HttpStatusCode.OK, IsReady), await ReadyAsync(server));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Node_that_is_stopping_is_not_ready(bool isInCluster)
    {
        await using var server = await RunningServer.StartAsync(isInCluster ? OfCluster : new());
        if (isInCluster)
            await BecomesAsync(server, IsReady);
        (HttpStatusCode, string)? answer = null;
        CoordinatedShutdown.Get(server.Services.GetRequiredService<ActorSystem>()).AddTask(
            CoordinatedShutdown.PhaseServiceRequestsDone,
            "ask meanwhile",
            async () =>
            {
                answer = await ReadyAsync(server);
                return Done.Instance;
            });

        await server.StopAsync();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"status":"not-ready","reasons":["The node is stopping."]}"""), answer);
    }

    [Fact]
    public async Task Node_of_a_cluster_is_ready_when_it_is_up_and_delivers()
    {
        await using var server = await RunningServer.StartAsync(OfCluster);
        await BecomesAsync(server, IsReady);

        using var response = await server.PostAsync("""{"type":"a.b","id":"my-id"}""");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await server.Screen.Shows("id my-id  signature valid");
    }

    [Fact]
    public async Task Node_that_finds_no_cluster_is_not_ready()
    {
        await using var server = await RunningServer.StartAsync(new() { Cluster = new(new("127.0.0.1", 0), [new("127.0.0.1", 1)]) });

        Assert.Equal((HttpStatusCode.ServiceUnavailable, NotInCluster), await ReadyAsync(server));
    }

    [Fact]
    public async Task Node_that_has_left_its_cluster_is_not_ready()
    {
        await using var server = await RunningServer.StartAsync(OfCluster);
        await BecomesAsync(server, IsReady);
        var cluster = Akka.Cluster.Cluster.Get(server.Services.GetRequiredService<ActorSystem>());

        await cluster.LeaveAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await ReadyAsync(server)).Status);
    }

    [Fact]
    public async Task Node_is_not_ready_while_a_part_of_it_cannot_accept()
    {
        await using var server = await RunningServer.StartAsync();
        var readiness = NodeReadiness.Get(server.Services.GetRequiredService<ActorSystem>());

        readiness.Set(ReadinessCondition.Ownership, "Old.");
        readiness.Set(ReadinessCondition.Ownership, "Another node writes here.");
        readiness.Set(ReadinessCondition.Storage, "The file is gone.");
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, """{"status":"not-ready","reasons":["Another node writes here.","The file is gone."]}"""),
            await ReadyAsync(server));

        readiness.Clear(ReadinessCondition.Ownership);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"status":"not-ready","reasons":["The file is gone."]}"""), await ReadyAsync(server));

        readiness.Clear(ReadinessCondition.Storage);
        Assert.Equal((HttpStatusCode.OK, IsReady), await ReadyAsync(server));
    }

    [Fact]
    public async Task Everyone_who_knows_something_is_asked()
    {
        using var socket = ListenSocket.Open(new(IPAddress.Loopback, 0));
        var sides = new[] { new Side(), new Side() };
        await using var app = BuildAround(socket, sides);
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = socket.Url };

        sides[0].Health = new() { Warnings = ["One."] };
        sides[1].Health = new() { Warnings = ["Two's."] };
        Assert.Equal((HttpStatusCode.OK, """{"status":"ready","warnings":["One.","Two's."]}"""), await ReadyAsync(client));

        sides[1].Health = NodeHealth.NotReady("No.");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"status":"not-ready","reasons":["No."]}"""), await ReadyAsync(client));
    }

    private static Microsoft.AspNetCore.Builder.WebApplication BuildAround(ListenSocket socket, IEnumerable<INodeHealth> sides)
    {
        var builder = QuietHost.CreateBuilder(socket);
        builder.Services.AddRoutingCore();
        foreach (var side in sides)
            builder.Services.AddSingleton(side);
        var app = builder.Build();
        ServerHost.Map(app, new(), TextWriter.Null);
        return app;
    }

    private static async Task BecomesAsync(RunningServer server, string text) => await Patience.Until(() => ReadyAsync(server), answer => answer.Text == text);

    private static Task<(HttpStatusCode Status, string Text)> ReadyAsync(RunningServer server) => ReadyAsync(server.Client);

    private static async Task<(HttpStatusCode Status, string Text)> ReadyAsync(HttpClient client)
    {
        using var response = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private sealed class Side : INodeHealth
    {
        public NodeHealth Health { get; set; } = NodeHealth.Ready;

        public ValueTask<NodeHealth> CheckAsync() => ValueTask.FromResult(Health);
    }
}
