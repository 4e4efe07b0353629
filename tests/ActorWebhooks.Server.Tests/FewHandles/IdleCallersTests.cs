using System.Net;
using System.Net.Sockets;
using System.Text;
using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.FewHandles;

/// <summary>Callers that open connections to a real server and do next to nothing on them.</summary>
public sealed class IdleCallersTests : IDisposable
{
    private const int Callers = 120;

    private readonly Folder _folder = new();
    private readonly List<Socket> _callers = [];

    public void Dispose()
    {
        foreach (var caller in _callers)
            caller.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET /health/live HTTP/1.1\r\nHost: loc")]
    [InlineData("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    public async Task More_idle_connections_than_there_may_be_keep_nobody_out(string said)
    {
        using var server = ServerProcess.WithHandles(256, "--config", _folder.Write("webhooks.toml", "# no webhooks"), "--in-memory");
        var url = (await server.Url.Patiently())!;
        for (var i = 0; i < Callers; i++)
        {
            var caller = new Socket(SocketType.Stream, ProtocolType.Tcp);
            _callers.Add(caller);
            await caller.ConnectAsync(IPAddress.Loopback, url.Port);
            await caller.SendAsync(Encoding.ASCII.GetBytes(said));
        }

        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        Assert.Equal("live", await http.GetStringAsync(new Uri(url, "/health/live")));
        using var accepted = await http.PostAsync(new Uri(url, "/api/events"), new StringContent("""{"type":"a"}""", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
    }
}
