using System.Net;
using System.Net.Sockets;
using ActorWebhooks.Connections;
using ActorWebhooks.Delivery;
using ActorWebhooks.Delivery.Egress;
using ActorWebhooks.Delivery.NameResolution;
using ActorWebhooks.Outbox;
using ActorWebhooks.Telemetry;
using ActorWebhooks.Tests.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace ActorWebhooks.Tests.Connections;

public sealed class OpenConnectionsTests : IAsyncDisposable
{
    private const int Max = 4;

    private readonly WebhookMetrics _metrics = new();
    private readonly HttpTransport _transport;
    private readonly List<WebApplication> _endpoints = [];
    private int _most;

    public OpenConnectionsTests() => _transport = new HttpTransport(
        Max,
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(1),
        new NameResolver(NameResolver.System, NameResolutionSettings.Default, TimeProvider.System, _metrics),
        EgressRules.AlwaysOn,
        proxy: null);

    public async ValueTask DisposeAsync()
    {
        _transport.Dispose();
        _metrics.Dispose();
        foreach (var endpoint in _endpoints)
            await endpoint.DisposeAsync();
    }

    [Fact]
    public async Task Idle_connections_make_room_for_others_so_that_there_are_never_more_than_the_bound()
    {
        var origins = await StartAsync(40);

        foreach (var origin in origins.Concat(origins))
            await PostAsync(origin);
        Assert.Equal(Max, _transport.Connections.Open);
        Assert.Equal(Max, _most);
    }

    [Fact]
    public async Task Many_attempts_at_once_to_many_endpoints_all_get_through_within_the_bound()
    {
        var origins = await StartAsync(12);
        using var permits = new SemaphoreSlim(Max);
        await Parallel.ForEachAsync(Enumerable.Range(0, 2_000), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            await permits.WaitAsync(CancellationToken.None);
            try
            {
                await PostAsync(origins[i * 7 % origins.Count]);
            }
            finally
            {
                permits.Release();
            }
        });
        Assert.InRange(_most, 1, Max);
    }

    [Fact]
    public async Task Connection_that_nobody_waits_for_any_more_makes_room_while_it_is_being_opened()
    {
        var origin = (await StartAsync()).Single();
        var silentEndPoint = new IPEndPoint(IPAddress.Parse("127.0.0.99"), origin.Port);
        using var silent = new FullListener(silentEndPoint);
        using var cancellation = new CancellationTokenSource();
        var hanging = Enumerable.Range(0, Max).Select(_ => AttemptAsync(new Uri($"http://{silentEndPoint}/"), cancellation.Token)).ToList();
        await Eventually.Equal(Max, () => _transport.Connections.Open);
        await cancellation.CancelAsync();
        await Task.WhenAll(hanging);

        await PostAsync(origin);
        Assert.InRange(_transport.Connections.Open, 1, Max);
    }

    [Theory]
    [InlineData(SocketError.TooManyOpenSockets)]
    [InlineData(SocketError.NoBufferSpaceAvailable)]
    [InlineData(SocketError.AddressNotAvailable)]
    public async Task Connection_that_fails_for_what_this_node_lacks_gives_its_place_back_and_is_trouble_of_the_node(SocketError error)
    {
        var connections = new OpenConnections(1);
        for (var i = 0; i < 3; i++)
        {
            var e = await Assert.ThrowsAsync<SocketException>(() =>
                connections.ConnectAsync(null, _ => throw new SocketException((int)error), CancellationToken.None).AsTask());
            Assert.NotNull(NodeTrouble.In(new HttpRequestException("failed", e)));
        }

        Assert.Equal(0, connections.Open);
        Assert.Null(NodeTrouble.In(new SocketException((int)SocketError.ConnectionRefused)));
    }

    [Fact]
    public async Task Connection_that_another_attempt_uses_than_the_one_it_was_opened_for_stays_when_that_one_ends()
    {
        var connections = new OpenConnections(1);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var opener = new AttemptScope();
        await using var stream = await connections.ConnectAsync(opener, _ => ConnectAsync(listener.LocalEndpoint), CancellationToken.None);
        var user = new AttemptScope();
        AttemptScope.Enter(user);
        await stream.WriteAsync(new byte[1]);
        connections.End(opener);

        var next = connections.ConnectAsync(new AttemptScope(), _ => ConnectAsync(listener.LocalEndpoint), CancellationToken.None).AsTask();
        await stream.WriteAsync(new byte[1]);
        Assert.False(next.IsCompleted);

        connections.End(user);
        await (await next).DisposeAsync();
    }

    private static async ValueTask<Stream> ConnectAsync(EndPoint endPoint)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(endPoint);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private async Task PostAsync(Uri uri)
    {
        var finished = await AttemptAsync(uri, CancellationToken.None);
        Assert.True(finished.Outcome.Status == 200, finished.Outcome.ToString());
        var open = _transport.Connections.Open;
        for (var seen = Volatile.Read(ref _most); open > seen; seen = Volatile.Read(ref _most))
            Interlocked.CompareExchange(ref _most, open, seen);
    }

    private Task<AttemptFinished> AttemptAsync(Uri uri, CancellationToken cancellationToken)
    {
        var endpoint = Endpoint.Of(Some.Webhook with { Url = uri });
        var start = new StartAttempt(1, NewBatch(), endpoint);
        return new HttpAttempt(start, _transport, TimeProvider.System).RunAsync(_transport.For(endpoint), cancellationToken);
    }

    private static Batch NewBatch()
    {
        var budget = new OutboxBudget(long.MaxValue);
        var intake = new OutboxIntake(new AcceptanceClock(TimeProvider.System));
        var outbox = new MemoryOutbox(budget, intake);
        Assert.True(intake.TryAdd(budget, Some.Event("1")));
        outbox.TakeIn();
        outbox.StartFlush();
        return outbox.CutBatch(Some.Webhook.Batch);
    }

    /// <summary>An endpoint with so many origins.</summary>
    private async Task<List<Uri>> StartAsync(int origins = 1)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls([.. Enumerable.Range(1, origins).Select(i => $"http://127.0.0.{i}:0")]);
        var app = builder.Build();
        app.Run(_ => Task.CompletedTask);
        await app.StartAsync();
        _endpoints.Add(app);
        return [.. app.Urls.Select(url => new Uri(url))];
    }
}
