using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Commands;

/// <summary>
/// A real server that knows a hundred secrets, through every kind of failure: nothing that leaves the process holds one of them, in whatever form.
/// It logs everything.
/// </summary>
public sealed class HundredSecretsTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly List<string> _secrets = [];
    private readonly StringBuilder _seen = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_secret_leaves_the_process_whatever_fails()
    {
        using var echo = new EchoingEndpoint();
        var proxyPassword = Secret("proxy");
        var apiKey = Secret("api-key");
        var hocon = _folder.Write("more.conf", $$"""
            akka.actor.debug { receive = on, autoreceive = on, lifecycle = on, event-stream = on, unhandled = on }
            akka.log-config-on-start = on
            actor-webhooks.http.proxy = "http://proxy-user:{{proxyPassword}}@127.0.0.1:{{echo.Port}}"
            """);
        var config = _folder.Write("webhooks.toml", Webhooks(echo.Port));
        using var data = new Folder();
        using (var server = new ServerProcess(["--config", config, "--data", data.Path, "--hocon", hocon, "--log-level", "debug"], ("ACTORWEBHOOKS_API_KEY", apiKey)))
        {
            var url = (await server.Url.Patiently())!;
            using var http = new HttpClient { BaseAddress = url };
            await SeeAsync(http, "/api/webhooks", HttpStatusCode.Unauthorized);
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "wrong-key-wrong-key-wrong");
            await SeeAsync(http, "/api/webhooks", HttpStatusCode.Unauthorized);
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
            using (var accepted = await http.PostAsync(new Uri("/api/events", UriKind.Relative), Json("""{"type":"a.b","data":{}}""")))
                Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);

            await Patience.Until(() => Task.FromResult(echo.Asked), asked => asked >= 20);
            await Task.WhenAll(Enumerable.Range(0, 25).Select(async i =>
            {
                await Patience.Until(() => http.GetStringAsync(new Uri($"/api/webhooks/w{i}/attempts", UriKind.Relative)), attempts => attempts.Contains("\"outcome\"", StringComparison.Ordinal));
                await SeeAsync(http, $"/api/webhooks/w{i}/attempts");
                await SeeAsync(http, $"/api/webhooks/w{i}");
                await SeeAsync(http, $"/api/webhooks/w{i}/dead-letters");
            }));

            // A file that is refused, with secrets in the lines that are wrong.
            await File.WriteAllTextAsync(config, Webhooks(echo.Port) + Broken());
            await Patience.Until(() => http.GetStringAsync(new Uri("/api/webhooks", UriKind.Relative)), list => !list.Contains("\"configurationErrors\":[]", StringComparison.Ordinal));
            await SeeAsync(http, "/api/webhooks");
            await SeeAsync(http, "/health/ready");
            await server.StopAsync();
            See(server.Output.Text);
            See(server.Error.Text);
            Assert.Contains(" dbug: ", server.Error.Text, StringComparison.Ordinal);
        }

        await SeeCommandsAsync(config, hocon);

        Assert.InRange(_secrets.Count, 100, 1_000);
        Assert.Contains("***", _seen.ToString(), StringComparison.Ordinal);
        var seen = _seen.ToString();
        var leaks = _secrets.Where(secret => FormsOf(secret).Any(form => seen.Contains(form, StringComparison.OrdinalIgnoreCase))).ToList();
        Assert.True(leaks.Count == 0, $"{string.Join(", ", leaks)} in:{Environment.NewLine}{string.Join(Environment.NewLine, LinesWith(seen, leaks).Take(20))}");
    }

    // Each with what can be a secret, at endpoints that fail in every way.
    private string Webhooks(int port)
    {
        string[] urls =
        [
            $"http://echo.test/{{0}}?token={{1}}", "https://tls.test/{0}?token={1}", $"http://127.0.0.1:{port}/{{0}}?token={{1}}", "http://169.254.169.254/{0}?token={1}",
            "http://nowhere.invalid/{0}?token={1}",
        ];
        var toml = new StringBuilder();
        for (var i = 0; i < 25; i++)
        {
            var url = string.Format(System.Globalization.CultureInfo.InvariantCulture, urls[i % urls.Length], Secret($"path-{i}"), Secret($"query-{i}"));
            var auth = i % 2 == 0 ? $"username = \"user\"\nsecret = \"{Secret($"basic-{i}")}\"" : $"token = \"{Secret($"bearer-{i}")}\"";
            toml.Append($"""
                [webhook.w{i}]
                url = "{url}"
                events = "*"
                throttle = 0
                timeout = "2s"
                retry.initial = "100ms"
                retry.max = "1s"
                signature-key = "{Secret($"sign-{i}")}"
                headers = [ "X-Secret: {Secret($"header-{i}")}" ]
                [webhook.w{i}.auth]
                {auth}

                """);
        }

        return toml.ToString();
    }

    private string Broken() => $"""
        [webhook.broken]
        url = "ftp://user:{Secret("bad-url-user")}@host/{Secret("bad-url-path")}"
        events = "*"
        signature-key = "%{"{"}{Secret("bad-macro")}{"}"}%"
        headers = [ "Host: {Secret("bad-header")}", "no colon {Secret("bad-header-2")}" ]
        timeout = "soon"
        [webhook.broken.auth]
        token = "{Secret("bad-token")}\u0007"
        secret = "{Secret("bad-secret")}"

        """;

    // What is refused at once.
    private async Task SeeCommandsAsync(string config, string hocon)
    {
        var secret = Secret("command-1");
        var other = Secret("command-2");
        var badHocon = _folder.Write("bad.conf", $"akka {{\n password = \"{Secret("hocon-1")}\"\n http.proxy = ${{{Secret("hocon-2")}\n");
        var badProxy = _folder.Write("proxy.conf", $"actor-webhooks.http.proxy = \"ftp://u:{Secret("hocon-3")}@h/{Secret("hocon-4")}\"");
        string[][] commands =
        [
            ["check", config],
            ["run", "--in-memory", "--urls", $"http://user:{secret}@127.0.0.1:0/{other}"],
            ["run", "--in-memory", "--urls", "http://127.0.0.1:0", "--api-key", secret[..10]],
            ["run", "--in-memory", "--urls", "http://127.0.0.1:0", "--hocon", badHocon],
            ["run", "--in-memory", "--urls", "http://127.0.0.1:0", "--hocon", badProxy],
            ["run", "--urls", "http://127.0.0.1:0", "--postgres", $"Host=;Password={secret};{other}"],
            ["run", "--urls", "http://127.0.0.1:0", "--postgres", $"Host=127.0.0.1;Port=1;Password={secret};Timeout={other}"],
            ["send", "--url", $"http://user:{secret}@127.0.0.1:1/{other}", "a.b"],
            ["send", "--url", $"ftp://user:{secret}@127.0.0.1:1/{other}", "a.b"],
            ["send", "--url", "http://127.0.0.1:1", "--api-key", secret, "a.b"],
        ];
        foreach (var command in commands)
        {
            var cli = new Cli();
            using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            Assert.True(await cli.RunAsync(stop.Token, command) != 0, string.Join(' ', command));
            See(cli.Out.Text);
            See(cli.Error.Text);
        }
    }

    private string Secret(string place)
    {
        var secret = $"zq{_secrets.Count:000}-{place}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(place)))[..12]}";
        if (!_secrets.Contains(secret))
            _secrets.Add(secret);
        return secret;
    }

    private static string[] FormsOf(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);

        // The middle of a base64 text stands for the middle of the secret, wherever it begins.
        return [secret, secret[^12..], Convert.ToBase64String(bytes).TrimEnd('=')[..^2], Convert.ToHexString(bytes)];
    }

    private static IEnumerable<string> LinesWith(string seen, List<string> leaks) =>
        seen.Split('\n').Where(line => leaks.Any(leak => FormsOf(leak).Any(form => line.Contains(form, StringComparison.OrdinalIgnoreCase))))
            .Select(line => line.Length > 600 ? line[..600] : line);

    private async Task SeeAsync(HttpClient http, string path, HttpStatusCode? expected = null)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        if (expected is { } status)
            Assert.Equal(status, response.StatusCode);
        See($"{response}{await response.Content.ReadAsStringAsync()}");
    }

    private void See(string text)
    {
        lock (_seen)
            _seen.AppendLine(text);
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    /// <summary>A proxy and an endpoint in one that sends back all that it was sent, with every status in turn, or hangs up.</summary>
    private sealed class EchoingEndpoint : IDisposable
    {
        private static readonly string[] Statuses = ["503 No", "401 No", "407 No", "422 No", "410 Gone", "500 No", "302 Found", "", "999 {0}"];

        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private int _asked;

        public EchoingEndpoint()
        {
            _listener.Start();
            _ = AcceptAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public int Asked => Volatile.Read(ref _asked);

        public void Dispose() => _listener.Dispose();

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                    _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // It is over.
            }
        }

        private async Task ServeAsync(TcpClient client)
        {
            using var owned = client;
            try
            {
                using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
                var head = new List<string>();
                while (await reader.ReadLineAsync() is { Length: > 0 } line)
                    head.Add(line);
                var all = string.Join('|', head);
                var status = Statuses[Interlocked.Increment(ref _asked) % Statuses.Length];
                if (status.Length == 0)
                {
                    await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes($"{all}\r\n\r\n"));
                    return;
                }

                await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(
                    $"HTTP/1.1 {string.Format(System.Globalization.CultureInfo.InvariantCulture, status, all)}\r\nX-Echo: {all}\r\nLocation: http://x/{all}\r\n"
                    + $"Connection: close\r\nContent-Length: {all.Length}\r\n\r\n{all}"));
            }
            catch (IOException)
            {
                // The client has gone.
            }
        }
    }
}
