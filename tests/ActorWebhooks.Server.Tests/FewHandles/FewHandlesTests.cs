using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.FewHandles;

/// <summary>A real server that may have few open files.</summary>
public sealed class FewHandlesTests : IDisposable
{
    private const int Hanging = 1_000;
    private const int Healthy = 10;

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(20);

    private readonly Folder _folder = new();
    private readonly Folder _data = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromSeconds(1) })
    {
        Timeout = RequestTimeout,
    };

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task With_256_handles_and_1000_endpoints_that_hang_the_journal_the_API_and_the_other_webhooks_go_on()
    {
        using var hanging = new HangingEndpoints();
        await using var receiver = await CountingReceiver.StartAsync();
        var config = _folder.Write("webhooks.toml", Toml(hanging.Url, receiver.UrlOf));
        using var server = ServerProcess.WithHandles(256, "--config", config, "--data", _data.Path);
        var url = (await server.Url.Patiently())!;

        // Healthy webhooks are served once, then the others begin to hang.
        await PublishAsync(url, "healthy", 0);
        await Patience.Until(() => Task.FromResult(receiver.WebhooksWith("0")), delivered => delivered == Healthy);
        await PublishAsync(url, "hanging", 0);
        await Patience.Until(() => Task.FromResult(hanging.Count), count => count > 50);

        for (var i = 1; i <= 10; i++)
        {
            await PublishAsync(url, "healthy", i);
            var since = Stopwatch.GetTimestamp();
            await Patience.Until(() => Task.FromResult(receiver.WebhooksWith($"{i}")), delivered => delivered == Healthy);
            Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(15));
            Assert.InRange(server.OpenHandles, 0, 255);
        }

        // Each claims its journal before it asks for a connection.
        await Patience.Until(() => StatesAsync(url), states => states.Count(state => state == "waiting-for-connection") >= Hanging / 2);
        Assert.False(server.Exited.IsCompleted);
        await server.KillAsync();
    }

    private async Task<List<string?>> StatesAsync(Uri url)
    {
        var webhooks = await _http.GetFromJsonAsync<JsonElement>(new Uri(url, "/api/webhooks"));
        return [.. webhooks.GetProperty("webhooks").EnumerateArray().Select(webhook => webhook.GetProperty("state").GetString())];
    }

    [Fact]
    public async Task Server_that_runs_out_of_handles_goes_on_when_it_has_some_again_and_loses_nothing()
    {
        await using var receiver = await CountingReceiver.StartAsync();
        var config = _folder.Write("webhooks.toml", Toml("", receiver.UrlOf));
        using var server = ServerProcess.WithHandles(4096, "--config", config, "--data", _data.Path);
        var url = (await server.Url.Patiently())!;
        await PublishAsync(url, "healthy", 0);
        await Patience.Until(() => Task.FromResult(receiver.WebhooksWith("0")), delivered => delivered == Healthy);

        // None is free: nobody is accepted, no thread can be started, and the processor rests.
        await server.LimitHandlesAsync(16);
        var waiting = Task.WhenAll(Enumerable.Range(1, 20).Select(i => PublishAsync(url, "healthy", i)));
        var before = server.ProcessorTime;
        await Task.Delay(TimeSpan.FromSeconds(5));
        Assert.InRange(server.ProcessorTime - before, TimeSpan.Zero, TimeSpan.FromSeconds(2.5));

        await server.LimitHandlesAsync(4096);
        await waiting;
        for (var i = 1; i <= 20; i++)
            await Patience.Until(() => Task.FromResult(receiver.WebhooksWith($"{i}")), delivered => delivered == Healthy);
        Assert.Contains("accepts connections again", server.Error.Text, StringComparison.Ordinal);
        await server.StopAsync();
        Assert.Equal(0, server.ExitCode);
    }

    private static string Toml(string hangingUrl, Func<string, Uri> urlOf)
    {
        var toml = new StringBuilder();
        for (var i = 0; i < Hanging && hangingUrl.Length > 0; i++)
            toml.Append(Section($"hanging-{i}", $"{hangingUrl}{i}", "hanging"));
        for (var i = 0; i < Healthy; i++)
            toml.Append(Section($"healthy-{i}", urlOf($"healthy-{i}").ToString(), "healthy"));
        return toml.ToString();
    }

    private static string Section(string id, string url, string type) => $"""
        [webhook.{id}]
        url = "{url}"
        events = "{type}"
        throttle = 0

        """;

    private async Task PublishAsync(Uri url, string type, int number)
    {
        using var response = await _http.PostAsJsonAsync(new Uri(url, "/api/events"), new { type, id = $"{number}" });
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }
}
