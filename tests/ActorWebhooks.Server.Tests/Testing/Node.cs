using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ActorWebhooks.Server.Hosting;

namespace ActorWebhooks.Server.Tests.Testing;

/// <summary>A server in the process of the test, and a client for it.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly ServerHost _host;

    private Node(ServerHost host, ScreenText screen)
    {
        _host = host;
        Screen = screen;
        Client = new HttpClient { BaseAddress = host.Url };
    }

    public Uri Url => _host.Url;

    public HttpClient Client { get; }

    public ScreenText Screen { get; }

    public static async Task<Node> StartAsync(Func<ServerOptions, ServerOptions>? configure = null)
    {
        var screen = new ScreenText();
        var options = new ServerOptions { Url = "http://127.0.0.1:0", Output = screen };
        return new Node(await ServerHost.StartAsync(configure?.Invoke(options) ?? options, CancellationToken.None), screen);
    }

    public Task<HttpResponseMessage> PostAsync(string body, string? contentType = "application/json") =>
        PostAsync(Encoding.UTF8.GetBytes(body), contentType);

    public Task<HttpResponseMessage> PostAsync(byte[] body, string? contentType = "application/json")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        return Client.PostAsync(new Uri("/api/events", UriKind.Relative), content);
    }

    public static async Task<JsonElement> JsonOf(HttpResponseMessage response) =>
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsByteArrayAsync());

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.DisposeAsync();
    }
}
