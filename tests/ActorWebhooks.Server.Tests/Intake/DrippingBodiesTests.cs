using System.Net;
using System.Text;
using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Stalls;
using ActorWebhooks.Server.Tests.Testing;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Intake;

/// <summary>Bodies of which little arrives, and never the end, to a real server.</summary>
[Collection(TimedAlone.Name)]
public sealed class DrippingBodiesTests(ITestOutputHelper output) : IDisposable
{
    private const int MiB = 1024 * 1024;
    private const long MostMemory = 500L * MiB;

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Small ones too: together they take what is kept for small bodies.
    [Theory]
    [InlineData(24, (8 * MiB) - 100)]
    [InlineData(300, (MiB / 2) + 1)]
    public async Task Other_events_are_taken_large_ones_too_and_memory_has_a_bound(int bodies, int sent)
    {
        using var server = new ServerProcess(["--config", _folder.Write("webhooks.toml", "# no webhooks"), "--in-memory"]);
        var url = (await server.Url.Patiently())!;
        using var callers = new RawCallers(url.Port);
        var says = RawCallers.UnfinishedPost(announced: 15 * MiB, sent);
        for (var i = 0; i < bodies; i++)
            await callers.OpenAsync(says);
        using var stop = new CancellationTokenSource();
        var dripping = callers.DripAsync(stop.Token);

        // What has only begun to drip is not known to be slow yet.
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(url, 100));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(url, 4 * MiB));

        await stop.CancelAsync();
        await dripping;
        output.WriteLine($"peak {server.PeakMemory / MiB} MiB");
        Assert.InRange(server.PeakMemory, 0, MostMemory);
    }

    [Fact]
    public async Task Bodies_that_never_end_end_at_the_deadline_with_408_and_their_connections_with_them()
    {
        var hocon = _folder.Write("node.conf", "actor-webhooks.server.body-timeout = 4s");
        using var server = new ServerProcess(["--config", _folder.Write("webhooks.toml", "# no webhooks"), "--in-memory", "--hocon", hocon]);
        var url = (await server.Url.Patiently())!;
        using var callers = new RawCallers(url.Port);
        for (var i = 0; i < 20; i++)
            await callers.OpenAsync(RawCallers.UnfinishedPost(announced: 4 * MiB, sent: 100_000));
        using var stop = new CancellationTokenSource();
        var dripping = callers.DripAsync(stop.Token);

        foreach (var caller in callers.All)
            Assert.Equal("HTTP/1.1 408 Request Timeout", await RawCallers.AnswerAsync(caller, TimeSpan.FromSeconds(8)));
        foreach (var caller in callers.All)
            await EndOfAsync(caller);

        await stop.CancelAsync();
        await dripping;
        Assert.Equal("", string.Join("\n", server.Error.Lines.Where(line => line.Contains("fail:", StringComparison.Ordinal))));
    }

    private static async Task EndOfAsync(System.Net.Sockets.Socket caller)
    {
        while (await RawCallers.AnswerAsync(caller, TimeSpan.FromSeconds(10)) != "")
        {
            // The rest of the answer.
        }
    }

    private static async Task<HttpStatusCode> PostAsync(Uri url, int bytes)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        using var content = new StringContent($$"""{"type":"a"}{{new string(' ', bytes)}}""", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri(url, "/api/events"), content);
        return response.StatusCode;
    }
}
