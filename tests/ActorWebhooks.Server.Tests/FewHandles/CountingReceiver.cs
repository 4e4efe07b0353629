using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace ActorWebhooks.Server.Tests.FewHandles;

/// <summary>Endpoints that take everything, each on a path of its own.</summary>
internal sealed class CountingReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<(string EventId, string Webhook), byte> _taken = new();

    private CountingReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async context =>
        {
            var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
            foreach (var e in body.GetProperty("events").EnumerateArray())
                _taken[(e.GetProperty("id").GetString()!, context.Request.Path.Value!.TrimStart('/'))] = 0;
        });
    }

    public static async Task<CountingReceiver> StartAsync()
    {
        var receiver = new CountingReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    public Uri UrlOf(string webhook) => new(new Uri(_app.Urls.Single()), webhook);

    /// <summary>How many webhooks have delivered an event.</summary>
    public int WebhooksWith(string eventId) => _taken.Keys.Count(taken => taken.EventId == eventId);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
