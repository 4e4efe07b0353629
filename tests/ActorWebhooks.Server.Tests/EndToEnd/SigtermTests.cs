using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ActorWebhooks.Server.Commands;
using ActorWebhooks.Server.Tests.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace ActorWebhooks.Server.Tests.EndToEnd;

public sealed class SigtermTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan DrainDeadline = TimeSpan.FromSeconds(10);

    private readonly Folder _folder = new();
    private readonly ConcurrentQueue<string> _delivered = new();
    private readonly TaskCompletionSource _firstDelivery = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? _server;

    public void Dispose()
    {
        // Only a test that failed leaves it running.
        if (_server is { HasExited: false })
            _server.Kill();
        _server?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Server_that_is_told_to_stop_under_load_delivers_every_event_that_it_has_accepted()
    {
        await using var receiver = await StartReceiverAsync();
        var config = _folder.Write("webhooks.toml", $"""
            [webhook.audit]
            url = "{receiver.Urls.Single()}/"
            events = "*"
            throttle = "10m"
            """);
        var server = _server = Start("run", "--config", config, "--urls", "http://127.0.0.1:0", "--in-memory");
        var url = await AddressOf(server);
        var load = Task.Run(() => SendUntilRefusedAsync(url));
        await _firstDelivery.Task.WaitAsync(Patience);

        var since = Stopwatch.GetTimestamp();
        using var kill = Process.Start("kill", ["-TERM", $"{server.Id}"]);
        await server.WaitForExitAsync().WaitAsync(Patience);

        Assert.Equal(0, server.ExitCode);
        Assert.True(Stopwatch.GetElapsedTime(since) < DrainDeadline);
        var accepted = await load;
        Assert.True(accepted.Count > 1);
        Assert.Equal(accepted, _delivered);
    }

    private static Process Start(params string[] args) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, .. args]) { RedirectStandardOutput = true })!;

    private static async Task<Uri> AddressOf(Process server)
    {
        while (await server.StandardOutput.ReadLineAsync() is { } line)
        {
            var start = line.IndexOf("http://", StringComparison.Ordinal);
            if (start >= 0)
                return new Uri(line[start..].Split(' ')[0]);
        }

        throw new InvalidOperationException("The server ended without telling its address.");
    }

    // One after the other, so that what is accepted is known exactly, in order.
    private static async Task<List<string>> SendUntilRefusedAsync(Uri url)
    {
        using var http = new HttpClient { BaseAddress = url };
        var accepted = new List<string>();
        while (true)
        {
            try
            {
                using var response = await http.PostAsJsonAsync("/api/events", new { type = "a.b", id = $"{accepted.Count}" });
                if (response.StatusCode != HttpStatusCode.Accepted)
                    return accepted;
                accepted.Add($"{accepted.Count}");
            }
            catch (HttpRequestException)
            {
                return accepted;
            }
        }
    }

    private async Task<WebApplication> StartReceiverAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
            foreach (var e in body.GetProperty("events").EnumerateArray())
                _delivered.Enqueue(e.GetProperty("id").GetString()!);
            _firstDelivery.TrySetResult();
        });
        await app.StartAsync();
        return app;
    }
}
