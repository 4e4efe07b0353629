using System.Net;
using System.Net.Sockets;
using System.Text;
using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Stalls;
using ActorWebhooks.Server.Tests.Testing;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Intake;

/// <summary>Callers of a real server that post many events and do not read the answer, which has the id of each.</summary>
[Collection(TimedAlone.Name)]
public sealed class UnreadAnswersTests(ITestOutputHelper output) : IDisposable
{
    private const int Events = 100_000;

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Answer_that_is_not_read_counts_and_gives_way_to_other_events()
    {
        using var server = new ServerProcess(["--config", _folder.Write("webhooks.toml", "# no webhooks"), "--in-memory"]);
        var url = (await server.Url.Patiently())!;
        using var callers = new RawCallers(url.Port);
        var caller = await callers.OpenAsync(Post());

        // What has only begun is not known to be slow yet.
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(url));

        output.WriteLine($"peak {server.PeakMemory / 1024 / 1024} MiB");
        Assert.InRange(await ReadToEndAsync(caller), 1, Events * IdOf(0).Length);
    }

    private static string IdOf(int i) => $"{new string('i', 120)}{i:d6}";

    private static byte[] Post()
    {
        var body = string.Join('\n', Enumerable.Range(0, Events).Select(i => $$"""{"type":"a","id":"{{IdOf(i)}}"}"""));
        return Encoding.ASCII.GetBytes(
            $"POST /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-ndjson\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    private static async Task<HttpStatusCode> PostAsync(Uri url)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        var body = string.Join('\n', Enumerable.Range(0, Events).Select(i => $$"""{"type":"a","id":"{{i}}"}"""));
        using var content = new StringContent(body, Encoding.UTF8, "application/x-ndjson");
        using var response = await http.PostAsync(new Uri(url, "/api/events"), content);
        return response.StatusCode;
    }

    private static async Task<int> ReadToEndAsync(Socket caller)
    {
        var buffer = new byte[64 * 1024];
        var read = 0;
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            for (int last; (last = await caller.ReceiveAsync(buffer, SocketFlags.None, late.Token)) > 0;)
                read += last;
        }
        catch (SocketException)
        {
            // It was closed with what was not sent.
        }

        return read;
    }
}
