using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ActorWebhooks.Server.Tests.Stalls.Harness;
using ActorWebhooks.Server.Tests.Testing;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Stalls;

/// <summary>Whoever started the server does not read what it prints, so that the pipe is full after 64 KiB.</summary>
[Collection(TimedAlone.Name)]
public sealed class FullPipeTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(10);
    private static readonly string[] AnyPort = ["--urls", "http://127.0.0.1:0", "--in-memory"];

    private readonly Folder _folder = new();
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Log_that_nobody_reads_delays_neither_webhooks_nor_liveness_nor_the_stop()
    {
        const int Failing = 4000;
        await using var neighbour = await GoodNeighbour.StartAsync();
        // Nothing listens on the discard port, and each webhook logs that.
        var failing = string.Concat(Enumerable.Range(0, Failing).Select(i => $"""
            [webhook.failing-{i}]
            url = "http://127.0.0.1:9/"
            events = "failing.*"
            retry.initial = "5m"

            """));
        var config = _folder.Write("webhooks.toml", neighbour.Toml("good", "127.0.0.1") + failing);
        using var server = await UnreadProcess.StartAsync(_folder, ["run", "--config", config, "--hocon", _folder.Write("node.conf", "actor-webhooks.drain-timeout = 2s"), .. AnyPort]);
        await neighbour.DeliverAsync(server.Url, "good");
        using var accepted = await _http.PostAsJsonAsync(new Uri(server.Url, "/api/events"), new { type = "failing.test" });
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        await Patience.Until(() => AttemptedAsync(server.Url), attempted => attempted == Failing);
        neighbour.StartOver();

        using var noise = new MachineNoise();
        await neighbour.MeasureAsync(server.Url, Time, "good");
        output.WriteLine($"deliveries {neighbour.Deliveries}\nliveness {neighbour.Liveness}\nlateness of the machine {noise.Lateness}");
        var stopped = await server.StopAsync();
        output.WriteLine($"stopped after {stopped}");

        Assert.InRange(neighbour.Deliveries.P99, TimeSpan.Zero, noise.Allow(TimeSpan.FromMilliseconds(50)));
        Assert.InRange(neighbour.Liveness.P99, TimeSpan.Zero, noise.Allow(TimeSpan.FromMilliseconds(100)));
        Assert.InRange(stopped, TimeSpan.Zero, TimeToStop);
        Assert.Equal(0, server.ExitCode);
    }

    [Fact]
    public async Task Demo_whose_output_nobody_reads_goes_on_receiving_and_says_what_it_left_out()
    {
        const int Events = 2000;
        using var server = await UnreadProcess.StartAsync(_folder, ["run", .. AnyPort]);
        var big = new { text = new string('x', 1900) };
        for (var i = 0; i < Events; i += 100)
        {
            using var accepted = await _http.PostAsJsonAsync(
                new Uri(server.Url, "/api/events"), Enumerable.Range(0, 100).Select(_ => new { type = "demo.test", data = big }));
            Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        }

        await Patience.Until(
            async () => (await _http.GetFromJsonAsync<JsonElement>(new Uri(server.Url, "/api/webhooks/demo"))).GetProperty("delivered").GetInt64(),
            delivered => delivered == Events);
        var rest = server.RestOfOutputAsync();
        Assert.InRange(await server.StopAsync(), TimeSpan.Zero, TimeToStop);
        Assert.Matches(@"\(\d+ pieces of output are left out here: nobody read them in time\.\)", await rest);
    }

    [Fact]
    public async Task Listener_whose_output_nobody_reads_goes_on_answering()
    {
        using var listener = await UnreadProcess.StartAsync(_folder, "listen", "--port", "0");
        var body = new string('x', 16 * 1024);
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => _http.PostAsJsonAsync(listener.Url, body))).Patiently();

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.InRange(await listener.StopAsync(), TimeSpan.Zero, TimeToStop);
        Assert.Equal(0, listener.ExitCode);
    }

    // How many have failed once, which each of them logs.
    private async Task<int> AttemptedAsync(Uri server)
    {
        var webhooks = await _http.GetFromJsonAsync<JsonElement>(new Uri(server, "/api/webhooks"));
        return webhooks.GetProperty("webhooks").EnumerateArray().Count(webhook =>
            webhook.GetProperty("id").GetString() != "good" && webhook.GetProperty("lastAttempt").ValueKind != JsonValueKind.Null);
    }
}
