using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using ActorWebhooks.Server.Tests.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ActorWebhooks.Server.Tests.Stalls.Harness;

/// <summary>An endpoint without trouble, and how long its events and <c>/health/live</c> take while others have some.</summary>
internal sealed class GoodNeighbour : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, long> _sent = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _delivered = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };

    private GoodNeighbour()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(ReceiveAsync);
    }

    /// <summary>From the call of the API to the arrival at the endpoint.</summary>
    public Latencies Deliveries { get; private set; } = new();

    public Latencies Liveness { get; private set; } = new();

    public int Port => new Uri(_app.Urls.Single()).Port;

    public static async Task<GoodNeighbour> StartAsync()
    {
        var neighbour = new GoodNeighbour();
        await neighbour._app.StartAsync();
        return neighbour;
    }

    public string Toml(string id, string host) => $"""
        [webhook.{id}]
        url = "http://{host}:{Port}/{id}"
        events = "{id}.*"
        throttle = 0

        """;

    /// <summary>Sends one event and waits until it has arrived.</summary>
    public async Task DeliverAsync(Uri server, string webhook)
    {
        var id = $"{webhook}-{Guid.NewGuid()}";
        var delivered = _delivered[id] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _sent[id] = Stopwatch.GetTimestamp();
        using var response = await _http.PostAsJsonAsync(new Uri(server, "/api/events"), new { type = $"{webhook}.test", id });
        response.EnsureSuccessStatusCode();
        await delivered.Task.Patiently();
    }

    /// <summary>What was measured until now does not count.</summary>
    public void StartOver() => (Deliveries, Liveness) = (new(), new());

    /// <summary>Measures for a while, whatever others do.</summary>
    public async Task MeasureAsync(Uri server, TimeSpan time, params IReadOnlyList<string> webhooks)
    {
        var since = Stopwatch.GetTimestamp();
        var deliveries = new List<Task>();
        while (Stopwatch.GetElapsedTime(since) < time)
        {
            foreach (var webhook in webhooks)
                deliveries.Add(DeliverAsync(server, webhook));
            deliveries.Add(CheckAsync(server));
            await Task.Delay(Interval);
        }

        await Task.WhenAll(deliveries);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task CheckAsync(Uri server)
    {
        var since = Stopwatch.GetTimestamp();
        using var response = await _http.GetAsync(new Uri(server, "/health/live"));
        response.EnsureSuccessStatusCode();
        Liveness.Add(Stopwatch.GetElapsedTime(since));
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        var now = Stopwatch.GetTimestamp();
        var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
        foreach (var e in body.GetProperty("events").EnumerateArray())
        {
            var id = e.GetProperty("id").GetString()!;
            if (_sent.TryRemove(id, out var since))
                Deliveries.Add(Stopwatch.GetElapsedTime(since, now));
            if (_delivered.TryRemove(id, out var delivered))
                delivered.TrySetResult();
        }
    }
}
