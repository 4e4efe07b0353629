using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ActorWebhooks.Server.Tests.Durability.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ActorWebhooks.Server.Tests.Durability.Harness;

/// <summary>The endpoints of all webhooks, each on a path of its own. Keeps what came, in which order, and how it was answered.</summary>
internal sealed class RecordingReceiver : IAsyncDisposable
{
    public const string Key = "a key for the tests";

    /// <summary>The header with the life of the server that sends.</summary>
    public const string LifeHeader = "X-Life";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Arrival> _arrivals = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly Func<string, Task<Answer>> _answer;

    private RecordingReceiver(Func<string, Task<Answer>> answer)
    {
        _answer = answer;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public Clock Clock { get; } = new();

    public ImmutableArray<Arrival> Arrivals => [.. _arrivals];

    /// <summary>What could not be read, or was not signed as it came.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <param name="answer">How to answer a webhook, when it may be answered.</param>
    public static async Task<RecordingReceiver> StartAsync(Func<string, Task<Answer>> answer)
    {
        var receiver = new RecordingReceiver(answer);
        await receiver._app.StartAsync();
        return receiver;
    }

    public Uri UrlOf(string webhook) => new(new Uri(_app.Urls.Single()), webhook);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        try
        {
            await ReceiveAsync(context);
        }
        catch (Exception e)
        {
            _faults.Enqueue(e.ToString());
            throw;
        }
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        var arrival = new Arrival(
            context.Request.Path.Value!.TrimStart('/'),
            int.Parse(context.Request.Headers[LifeHeader].ToString(), CultureInfo.InvariantCulture),
            Clock.Tick(),
            0,
            context.Request.Headers["webhook-id"].ToString(),
            [],
            Answer.BrokenOff);
        if (await ReadAsync(context.Request, arrival) is { } events)
            arrival = arrival with { Events = events, Answer = await _answer(arrival.Webhook) };

        _arrivals.Enqueue(arrival with { Ended = Clock.Tick() });
        if (arrival.Answer is Answer.Closed or Answer.BrokenOff)
            context.Abort();
        else if (arrival.Answer == Answer.Refused)
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
    }

    /// <summary>Null when the request breaks off.</summary>
    private async Task<ImmutableArray<EventKey>?> ReadAsync(HttpRequest request, Arrival arrival)
    {
        using var body = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(body);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return null;
        }

        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        var signature = request.Headers["webhook-signature"].ToString();
        if (!WebhookSignature.VerifyStandard(bytes.Span, arrival.BatchId, request.Headers["webhook-timestamp"], signature, Key))
            _faults.Enqueue($"The signature is not that of the body: {arrival}");
        using var json = JsonDocument.Parse(bytes);
        return [.. json.RootElement.GetProperty("events").EnumerateArray().Select(e => EventKey.Parse(e.GetProperty("id").GetString()!))];
    }
}
