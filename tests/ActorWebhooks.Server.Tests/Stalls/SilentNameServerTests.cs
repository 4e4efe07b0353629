using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Stalls.Harness;
using ActorWebhooks.Server.Tests.Testing;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Stalls;

[Collection(TimedAlone.Name)]
public sealed class SilentNameServerTests(ITestOutputHelper output) : IDisposable
{
    private const int SilentNames = 1000;
    private const string NamedHost = "good.neighbour.example";

    // Names are looked up again while others are silent.
    private const string Hocon = "actor-webhooks { drain-timeout = 5s, http { connection-lifetime = 1s, dns.answer-lifetime = 1s } }";

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan DrainDeadline = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TimeToExit = TimeSpan.FromSeconds(5);

    private readonly Folder _folder = new();
    private readonly SilentNameServer _names = new();

    public void Dispose()
    {
        _names.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Thousand_names_whose_server_is_silent_delay_neither_other_webhooks_nor_liveness_nor_the_stop()
    {
        await using var neighbour = await GoodNeighbour.StartAsync();
        var silent = string.Concat(Enumerable.Range(0, SilentNames).Select(i => $"""
            [webhook.silent-{i}]
            url = "http://hook.silent-{i}.example/"
            events = "silent.*"

            """));
        var config = _folder.Write("webhooks.toml", neighbour.Toml("by-address", "127.0.0.1") + neighbour.Toml("by-name", NamedHost) + silent);
        using var server = new ServerProcess(
            _names.LauncherFor(_folder, NamedHost),
            ["--config", config, "--in-memory", "--hocon", _folder.Write("node.conf", Hocon)],
            []);
        var url = await server.Url.Patiently() ?? throw new InvalidOperationException(server.Error.Text);
        await neighbour.DeliverAsync(url, "by-address");
        await neighbour.DeliverAsync(url, "by-name");
        await neighbour.MeasureAsync(url, TimeSpan.FromSeconds(1), "by-address", "by-name");
        neighbour.StartOver();

        using var http = new HttpClient();
        using var accepted = await http.PostAsJsonAsync(new Uri(url, "/api/events"), new { type = "silent.test" });
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        using var noise = new MachineNoise();
        await neighbour.MeasureAsync(url, Time, "by-address", "by-name");
        output.WriteLine($"deliveries {neighbour.Deliveries}\nliveness {neighbour.Liveness}\nlateness of the machine {noise.Lateness}");
        var since = Stopwatch.GetTimestamp();
        await server.StopAsync().Patiently();
        output.WriteLine($"stopped after {Stopwatch.GetElapsedTime(since)}");

        Assert.True(_names.WasAsked);
        Assert.InRange(neighbour.Deliveries.P99, TimeSpan.Zero, noise.Allow(TimeSpan.FromMilliseconds(50)));
        Assert.InRange(neighbour.Liveness.P99, TimeSpan.Zero, noise.Allow(TimeSpan.FromMilliseconds(100)));
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, DrainDeadline + TimeToExit);
        Assert.Equal(0, server.ExitCode);
    }

    [Fact]
    public async Task Database_whose_name_server_is_silent_delays_neither_liveness_nor_the_stop()
    {
        await using var neighbour = await GoodNeighbour.StartAsync();
        var webhooks = string.Concat(Enumerable.Range(0, 50).Select(i => neighbour.Toml($"durable-{i}", "127.0.0.1")));
        using var server = new ServerProcess(
            _names.LauncherFor(_folder, NamedHost),
            [
                "--config", _folder.Write("webhooks.toml", webhooks),
                "--postgres", "Host=database.silent.example;Database=webhooks;Username=webhooks;Password=none",
                "--hocon", _folder.Write("node.conf", Hocon),
            ],
            []);
        var url = await server.Url.Patiently() ?? throw new InvalidOperationException(server.Error.Text);
        using var noise = new MachineNoise();
        await neighbour.MeasureAsync(url, TimeSpan.FromSeconds(8));
        output.WriteLine($"liveness {neighbour.Liveness}\nlateness of the machine {noise.Lateness}");
        var since = Stopwatch.GetTimestamp();
        await server.StopAsync().Patiently();
        output.WriteLine($"stopped after {Stopwatch.GetElapsedTime(since)}");

        Assert.True(_names.WasAsked);
        Assert.InRange(neighbour.Liveness.P99, TimeSpan.Zero, noise.Allow(TimeSpan.FromMilliseconds(100)));
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, DrainDeadline + TimeToExit);
    }
}
