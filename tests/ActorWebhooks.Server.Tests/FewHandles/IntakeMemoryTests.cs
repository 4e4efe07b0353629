using System.Net;
using System.Text;
using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Testing;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.FewHandles;

/// <summary>Many requests at once whose events take far more memory than their bytes, to a real server.</summary>
public sealed class IntakeMemoryTests(ITestOutputHelper output) : IDisposable
{
    private const int Requests = 40;
    private const int Events = 100_000;
    private const long MostMemory = 700L * 1024 * 1024;

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Events_of_many_requests_count_before_they_are_made_and_what_is_too_much_is_refused_for_now()
    {
        using var server = new ServerProcess(["--config", _folder.Write("webhooks.toml", "# no webhooks"), "--in-memory"]);
        var url = new Uri((await server.Url.Patiently())!, "/api/events");
        var body = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("""{"type":"a"}""", Events))}]");
        using var http = new HttpClient();

        var statuses = await Task.WhenAll(Enumerable.Range(0, Requests).Select(async _ =>
        {
            using var content = new ByteArrayContent(body);
            content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            using var response = await http.PostAsync(url, content);
            return response.StatusCode;
        }));

        output.WriteLine($"{statuses.Count(status => status == HttpStatusCode.Accepted)} accepted, peak {server.PeakMemory >> 20} MiB");
        Assert.All(statuses, status => Assert.True(status is HttpStatusCode.Accepted or HttpStatusCode.ServiceUnavailable, $"{status}"));
        Assert.Contains(HttpStatusCode.Accepted, statuses);
        Assert.InRange(server.PeakMemory, 0, MostMemory);
    }
}
