using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Api;

/// <summary>Every id that a file may have is reached by every address of the API.</summary>
public sealed class AddressedWebhookTests : IDisposable
{
    private static readonly string[] Ids =
    [
        "team/alerts", "/", "//", "/a", "a/", "a/../b", "../demo", "./a", "a/b/attempts", "a%2Fb", "a%2fb", "a%252Fb", "%", "%2", "%2F/%2F", "%00", "%2e%2e", "...",
        "a b", " a ", "a?b", "a#b", "a&b=c", "a+b", "a;b=c", "a:b", "a\\b", "a\"b", "a'b", "<b>", "{id}", "*", "~", "a@b", "$$=configuration", "attempts", "test",
        "b\u00fccher", "bu\u0308cher", "\u6771\u4eac", "\U0001F600", "\u202e", "\u2028", "\ufffd", "[x]", "a|b", "a^b`", "a,b", "C:\\x", "http://h/x",
    ];

    private static readonly (string Method, string Path, HttpStatusCode Status)[] Routes =
    [
        ("GET", "", HttpStatusCode.OK),
        ("GET", "/attempts", HttpStatusCode.OK),
        ("GET", "/dead-letters", HttpStatusCode.OK),
        ("GET", "/dead-letters?limit=1", HttpStatusCode.OK),
        ("POST", "/pause", HttpStatusCode.OK),
        ("POST", "/test", HttpStatusCode.Accepted),
        ("POST", "/resume", HttpStatusCode.OK),
        ("POST", "/dead-letters/replay", HttpStatusCode.OK),
        ("DELETE", "/dead-letters", HttpStatusCode.OK),
    ];

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_address_reaches_the_webhook_of_every_id_and_no_other()
    {
        await using var server = await StartAsync();
        var missed = new List<string>();
        foreach (var id in Ids)
        {
            foreach (var (method, path, status) in Routes)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"/api/webhooks/{Uri.EscapeDataString(id)}{path}", UriKind.Relative));
                using var response = await server.Client.SendAsync(request);
                if (response.StatusCode != status)
                    missed.Add($"{method} {request.RequestUri}: {(int)response.StatusCode}");
            }

            var shown = await server.Client.GetFromJsonAsync<JsonElement>(new Uri($"/api/webhooks/{Uri.EscapeDataString(id)}", UriKind.Relative));
            if ((shown.GetProperty("id").GetString(), shown.GetProperty("accepted").GetInt32()) != (id, 1))
                missed.Add($"{id}: {shown}");
        }

        Assert.Empty(missed);
        var list = await server.Client.GetFromJsonAsync<JsonElement>(new Uri("/api/webhooks", UriKind.Relative));
        Assert.Equal(
            Ids.Order(StringComparer.Ordinal),
            list.GetProperty("webhooks").EnumerateArray().Select(webhook => webhook.GetProperty("id").GetString()!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/api/webhooks/team%2falerts", "team/alerts")]
    [InlineData("/api/webhooks/team%2Falerts/", "team/alerts")]
    [InlineData("/api/webhooks/%74eam%2Falerts?x=/api/webhooks/%74eam%252Falerts", "team/alerts")]
    [InlineData("/api/x/../webhooks/team%2Falerts", "team/alerts")]
    [InlineData("/api/webhooks/a%252Fb", "a%2Fb")]
    [InlineData("/api/webhooks/a%252fb", "a%2fb")]
    public async Task Id_is_taken_as_it_was_sent_however_the_address_is_written(string target, string id)
    {
        await using var server = await StartAsync();

        var answer = await AnswerAsync(server.Url, target);

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains($"\"id\":\"{id}\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/webhooks/team/alerts")]
    [InlineData("/api/webhooks/team%252Falerts")]
    [InlineData("/api/webhooks/team%2Falerts%2Fattempts")]
    public async Task Another_id_is_not_found(string target)
    {
        await using var server = await StartAsync();

        Assert.StartsWith("HTTP/1.1 404", await AnswerAsync(server.Url, target), StringComparison.Ordinal);
    }

    // As it stands, which a client for HTTP would not send.
    private static async Task<string> AnswerAsync(Uri server, string target)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    private Task<RunningServer> StartAsync()
    {
        var toml = new StringBuilder();
        foreach (var id in Ids)
        {
            var escaped = string.Concat(id.EnumerateRunes().Select(rune => string.Create(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}")));
            toml.Append(CultureInfo.InvariantCulture, $"[webhook.\"{escaped}\"]\nurl = \"http://127.0.0.1:1/\"\nevents = \"nothing.at.all\"\n");
        }

        return RunningServer.StartAsync(new ServerOptions
        {
            ConfigFile = _folder.Write("webhooks.toml", toml.ToString()),
            Hocon = Akka.Configuration.ConfigurationFactory.ParseString("actor-webhooks.drain-timeout = 100ms"),
        });
    }
}
