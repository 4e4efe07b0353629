using System.Net;
using System.Net.Http.Json;
using ActorWebhooks.Server.Tests.Testing;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Durability.Harness;

/// <summary>A durable server without traffic whose journal stops writing and works again.</summary>
internal static class ReadinessRun
{
    // What the README promises, and for a busy machine.
    private static readonly TimeSpan NotBefore = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private const string Nobody = """
        [webhook."nobody"]
        url = "http://127.0.0.1:9/"
        events = "nothing.*"
        """;

    public static async Task NodeIsNotReadyMeanwhileAsync(
        IReadOnlyList<string> arguments, ITestOutputHelper output, Func<ServerProcess, Task> breakJournal, Func<ServerProcess, Task> mendJournal)
    {
        using var folder = new Folder();
        using var server = new KilledServer(["--config", folder.Write("webhooks.toml", Nobody), .. arguments]);
        server.Start();
        var url = await server.UrlAsync();
        await using (var health = new HealthPoll(url))
        {
            await health.BecomesAsync(HttpStatusCode.OK);
            await breakJournal(server.Process);
            var (reason, notReadyAfter) = await health.BecomesAsync(HttpStatusCode.ServiceUnavailable);
            output.WriteLine($"not ready after {notReadyAfter.TotalSeconds:0.0} s: {reason}");
            await mendJournal(server.Process);
            var (_, readyAfter) = await health.BecomesAsync(HttpStatusCode.OK);
            output.WriteLine($"ready again after {readyAfter.TotalSeconds:0.0} s; live {health.LiveAnswers} times");

            Assert.Contains("The journal has refused writes", reason, StringComparison.Ordinal);
            Assert.InRange(notReadyAfter, NotBefore, Soon);
            Assert.InRange(readyAfter, TimeSpan.Zero, Soon);
            Assert.InRange(health.LiveAnswers, 10, int.MaxValue);
        }

        using var http = new HttpClient();
        using var accepted = await http.PostAsJsonAsync(new Uri(url, "/api/events"), new { type = "nothing.new", data = new { } });
        Assert.True(accepted.StatusCode == HttpStatusCode.Accepted, $"{accepted.StatusCode} {await accepted.Content.ReadAsStringAsync()}\n{server.Errors}");
    }
}
