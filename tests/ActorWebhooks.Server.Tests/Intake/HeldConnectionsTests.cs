using System.Diagnostics;
using System.Net;
using System.Text;
using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Stalls;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Intake;

/// <summary>More callers than there may be, to a real server, who hold their connections.</summary>
[Collection(TimedAlone.Name)]
public sealed class HeldConnectionsTests : IDisposable
{
    private const int Callers = 1_100;

    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("idle", "")]
    [InlineData("in the middle of the head", "POST /api/events HTTP/1.1\r\nHost: loc")]
    [InlineData("in the middle of the body", null)]
    public async Task Health_answers_within_a_second_and_events_are_taken(string where, string? says)
    {
        using var server = new ServerProcess(["--config", _folder.Write("webhooks.toml", "# no webhooks"), "--in-memory"]);
        var url = (await server.Url.Patiently())!;
        using var callers = new RawCallers(url.Port);
        var first = says is null ? RawCallers.UnfinishedPost(announced: 100_000, sent: 10) : Encoding.ASCII.GetBytes(says);
        for (var i = 0; i < Callers; i++)
            await callers.OpenAsync(first);

        Assert.True(await LatencyAsync(url) < AtOnce, where);
        await Patience.Until(() => PostAsync(url), status => status == HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task One_address_does_not_take_the_connections_of_another()
    {
        using var server = ServerProcess.WithHandles(1024, "--config", _folder.Write("webhooks.toml", "# no webhooks"), "--in-memory");
        var url = (await server.Url.Patiently())!;
        using var quiet = new RawCallers(url.Port);
        var neighbour = await quiet.OpenAsync([], from: "127.0.0.2");
        using var greedy = new RawCallers(url.Port);
        for (var i = 0; i < Callers; i++)
            await greedy.OpenAsync([]);

        await neighbour.SendAsync("GET /api/nothing HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"u8.ToArray());

        Assert.Equal("HTTP/1.1 404 Not Found", await RawCallers.AnswerAsync(neighbour, TimeSpan.FromSeconds(5)));
    }

    private static async Task<TimeSpan> LatencyAsync(Uri url)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        var since = Stopwatch.GetTimestamp();
        Assert.Equal("live", await http.GetStringAsync(new Uri(url, "/health/live")));
        return Stopwatch.GetElapsedTime(since);
    }

    private static async Task<HttpStatusCode> PostAsync(Uri url)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        using var content = new StringContent("""{"type":"a"}""", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri(url, "/api/events"), content);
        return response.StatusCode;
    }
}
