using System.Text;
using System.Text.Json;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ActorWebhooks.Server.Tests.Testing;

/// <summary>A server on a free port in the process of the test, and a client for it.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly ListenSocket _socket;
    private readonly WebApplication _app;
    private readonly long _start = PoolProbe.Now;

    private RunningServer(ServerOptions options, IWebhookPublisher? publisher)
    {
        _socket = ListenSocket.Open(options.EndPoint);
        Options = options.ConfigFile is null ? options with { Demo = new(_socket.Url) } : options;
        _app = publisher is null ? ServerHost.Build(Options, _socket, Screen) : BuildAround(publisher);
        Client = new HttpClient { BaseAddress = _socket.Url };
    }

    public ServerOptions Options { get; }

    public Uri Url => _socket.Url;

    public HttpClient Client { get; }

    public Screen Screen { get; } = new();

    public IServiceProvider Services => _app.Services;

    /// <summary>The server as it is, with the engine; or around a publisher of the test's own.</summary>
    public static async Task<RunningServer> StartAsync(ServerOptions? options = null, IWebhookPublisher? publisher = null)
    {
        var server = new RunningServer(options ?? new ServerOptions(), publisher);
        await server._app.StartAsync();
        return server;
    }

    public Task<HttpResponseMessage> PostAsync(string body, string? contentType = "application/json")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (contentType is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return Client.PostAsync(new Uri("/api/events", UriKind.Relative), content);
    }

    public static async Task<JsonElement> JsonOf(HttpResponseMessage response) =>
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsByteArrayAsync());

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Client.Dispose();
        _socket.Dispose();
        PoolProbe.AssertNotStuckSince(_start);
    }

    private WebApplication BuildAround(IWebhookPublisher publisher)
    {
        var builder = QuietHost.CreateBuilder(_socket, Options.Intake);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(publisher);
        var app = builder.Build();
        ServerHost.Map(app, Options, Screen);
        return app;
    }
}
