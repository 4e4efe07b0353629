using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorWebhooks.Tests.Testing;

/// <summary>A real HTTP server on loopback that keeps what it receives.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();
    private readonly ConcurrentDictionary<string, byte> _connections = new();
    private readonly ConcurrentDictionary<string, byte> _protocols = new();
    private int _inFlight;
    private int _mostInFlight;

    private Receiver(WebApplication app, Func<ReceivedRequest, int> answer, Func<HttpContext, Task<bool>>? before)
    {
        _app = app;
        app.Run(async context =>
        {
            _connections.TryAdd(context.Connection.Id, 0);
            _protocols.TryAdd(context.Request.Protocol, 0);
            if (before is null || await before(context))
                await Receive(context, answer);
        });
    }

    public Uri Url { get; private set; } = null!;

    public IReadOnlyCollection<ReceivedRequest> Requests => _requests;

    public IEnumerable<string> EventIds => _requests.SelectMany(request => StubRequest.EventIdsOf(request.Body));

    /// <summary>How many requests were answered at the same time at most.</summary>
    public int MostInFlight => _mostInFlight;

    public int Connections => _connections.Count;

    /// <summary>The versions of HTTP that it was asked in.</summary>
    public IEnumerable<string> Protocols => _protocols.Keys;

    /// <param name="answer">The status for a request; default 200.</param>
    /// <param name="certificate">Serves HTTPS with it.</param>
    /// <param name="protocols">What it speaks.</param>
    /// <param name="before">Called before a request is read; true to go on as usual, false when it is answered.</param>
    public static async Task<Receiver> StartAsync(
        Func<ReceivedRequest, int>? answer = null,
        X509Certificate2? certificate = null,
        HttpProtocols protocols = HttpProtocols.Http1AndHttp2,
        Func<HttpContext, Task<bool>>? before = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = protocols;
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        var receiver = new Receiver(builder.Build(), answer ?? (_ => StatusCodes.Status200OK), before);
        await receiver._app.StartAsync();
        var addresses = receiver._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        receiver.Url = new Uri(new Uri(addresses.Addresses.Single()), "/hook");
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Receive(HttpContext context, Func<ReceivedRequest, int> answer)
    {
        InterlockedMax(ref _mostInFlight, Interlocked.Increment(ref _inFlight));
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var request = new ReceivedRequest(
            context.Request.Method,
            context.Request.Path,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
        _requests.Enqueue(request);
        context.Response.StatusCode = answer(request);
        Interlocked.Decrement(ref _inFlight);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var current = Volatile.Read(ref target); current < value;)
            current = Interlocked.CompareExchange(ref target, value, current);
    }
}
