using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorWebhooks.Cluster.Tests.Clusters;

/// <summary>The endpoints of all webhooks of a cluster: what they got, in what order, and how many requests there were at a time.</summary>
internal sealed class ClusterReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Uri _url;
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly ConcurrentQueue<Arrival> _arrivals = new();
    private readonly ConcurrentDictionary<string, int> _inFlight = new();
    private readonly ConcurrentBag<string> _overlaps = [];
    private readonly ConcurrentQueue<byte[]> _bodies = new();
    private volatile int _status = StatusCodes.Status200OK;

    private ClusterReceiver(WebApplication app)
    {
        _app = app;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        _url = new Uri(addresses.Addresses.Single());
    }

    public IReadOnlyCollection<Arrival> Arrivals => _arrivals;

    /// <summary>The webhooks that had two requests under way at one time.</summary>
    public IReadOnlyCollection<string> Overlaps => _overlaps;

    /// <summary>What is answered from now on.</summary>
    public int Status { set => _status = value; }

    /// <summary>What is asked for in <c>Retry-After</c> with every answer from now on.</summary>
    public string? RetryAfter { get; set; }

    /// <summary>Whether requests are kept as they came.</summary>
    public bool KeepsBodies { get; set; }

    public IReadOnlyCollection<byte[]> Bodies => _bodies;

    public TimeSpan Now => Stopwatch.GetElapsedTime(_began);

    public static async Task<ClusterReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        ClusterReceiver? receiver = null;
        app.MapPost("/{id}", context => receiver!.ReceiveAsync(context));
        await app.StartAsync();
        return receiver = new ClusterReceiver(app);
    }

    public Uri UrlOf(string webhookId) => new(_url, webhookId);

    /// <summary>The ids that the endpoint of a webhook took, in order, repeats included.</summary>
    public List<string> TakenBy(string webhookId) =>
        [.. _arrivals.Where(arrival => arrival.IsTaken && arrival.WebhookId == webhookId).SelectMany(arrival => arrival.EventIds)];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        var at = Now;
        if (_inFlight.AddOrUpdate(id, 1, (_, count) => count + 1) > 1)
            _overlaps.Add(id);
        try
        {
            context.Response.StatusCode = await ReceiveAsync(context, id, at);
        }
        finally
        {
            // A request that was broken off has ended too.
            _inFlight.AddOrUpdate(id, 0, (_, count) => count - 1);
        }
    }

    private async Task<int> ReceiveAsync(HttpContext context, string id, TimeSpan at)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (KeepsBodies)
            _bodies.Enqueue(body.ToArray());
        using var json = JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
        List<string> ids = [.. json.RootElement.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("id").GetString()!)];
        var status = _status;
        _arrivals.Enqueue(new Arrival(id, at, status == StatusCodes.Status200OK, ids));
        if (RetryAfter is { } asked)
            context.Response.Headers.RetryAfter = asked;
        return status;
    }
}
