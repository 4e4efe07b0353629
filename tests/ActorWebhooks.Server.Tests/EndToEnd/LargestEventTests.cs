using System.Collections.Concurrent;
using System.Net;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Tests.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace ActorWebhooks.Server.Tests.EndToEnd;

/// <summary>What is taken fits through a receiver that takes 256 KiB, as those of Stalwart do.</summary>
public sealed class LargestEventTests : IDisposable
{
    private const int Cap = 256 * 1024;

    private readonly Folder _folder = new();
    private readonly ConcurrentQueue<int> _received = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Event_of_the_largest_size_passes_a_receiver_of_that_size_and_a_larger_one_is_refused_at_intake()
    {
        await using var receiver = await StartReceiverAsync();
        await using var server = await RunningServer.StartAsync(new ServerOptions
        {
            ConfigFile = _folder.Write("webhooks.toml", $"[webhook.audit]\nurl = \"{receiver.Urls.Single()}/\"\nevents = \"*\"\n"),
        });
        var around = """{"events":[{"id":"1","createdAt":"2026-11-23T14:55:00.123Z","type":"a.b","data":{"x":""}}]}""".Length;

        using var taken = await server.PostAsync(Event(Cap - around));
        using var oneMore = await server.PostAsync(Event(Cap - around + 1));
        using var dataOfThatSize = await server.PostAsync(Event(Cap - """{"x":""}""".Length));

        Assert.Equal(
            (HttpStatusCode.Accepted, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge),
            (taken.StatusCode, oneMore.StatusCode, dataOfThatSize.StatusCode));
        Assert.Contains("takes 262145 bytes", await oneMore.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Patience.Until(() => Task.FromResult(_received.ToArray()), received => received.Length > 0);
        Assert.Equal([Cap], _received);
    }

    private static string Event(int length) => $$$"""{"type":"a.b","id":"1","data":{"x":"{{{new string('x', length)}}}"}}""";

    private async Task<WebApplication> StartReceiverAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = Cap);
        var app = builder.Build();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _received.Enqueue((int)body.Length);
        });
        await app.StartAsync();
        return app;
    }
}
