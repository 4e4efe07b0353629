using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ActorWebhooks.Delivery;
using ActorWebhooks.Delivery.Egress;
using ActorWebhooks.Delivery.NameResolution;
using ActorWebhooks.Outbox;
using ActorWebhooks.Telemetry;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Delivery.Egress;

/// <summary>What webhooks ask of a proxy, which would connect to anything.</summary>
public sealed class EgressProxyTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const string Password = "proxy-password-5e3c";

    private readonly ProxyOfTest _proxy = new();
    private readonly WebhookMetrics _metrics = new();

    public void Dispose()
    {
        _proxy.Dispose();
        _metrics.Dispose();
    }

    [Theory]
    [InlineData("http://169.254.169.254/")]
    [InlineData("http://2852039166/")]
    [InlineData("http://0xA9FEA9FE/")]
    [InlineData("http://0251.0376.0251.0376/")]
    [InlineData("http://169.254.169.254./")]
    [InlineData("http://2852039166./")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("http://[64:ff9b::a9fe:a9fe]/")]
    [InlineData("http://[fe80::1%251]/")]
    [InlineData("http://0/")]
    [InlineData("http://０/")]
    [InlineData("http://１６９．254.169.254/")]
    [InlineData("http://①⑥⑨.254.169.254/")]
    [InlineData("http://१६९.254.169.254/")]
    [InlineData("http://169。254。169。254/")]
    [InlineData("https://169.254.169.254/")]
    [InlineData("https://[fd00:ec2::254]/")]
    public async Task Proxy_is_never_asked_for_what_is_never_reached_whether_it_has_a_connection_or_not(string url)
    {
        using var transport = Transport(EgressRules.AlwaysOn);
        Assert.Equal(200, (await SendAsync(transport, "http://fine.test/")).Status);

        Assert.Equal(AttemptEnd.TargetRefused, (await SendAsync(transport, url)).Kind);
        Assert.Equal("POST http://fine.test/ HTTP/1.1", Assert.Single(_proxy.Asked));
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/", false)]
    [InlineData("http://localhost:9/", false)]
    [InlineData("http://a.LOCALHOST./", false)]
    [InlineData("http://10.1.2.3/", false)]
    [InlineData("http://secret.internal/", false)]
    [InlineData("https://secret.internal./", false)]
    [InlineData("http://fine.test/", true)]
    [InlineData("http://allowed.internal/", true)]
    [InlineData("http://10.9.9.9/", true)]
    public async Task Rules_about_names_and_private_networks_hold_for_what_a_proxy_is_asked_for(string url, bool isAsked)
    {
        var rules = new EgressRules(true, [Rule("allowed.internal"), Rule("10.9.0.0/16"), Rule($"127.0.0.1:{_proxy.Port}")], [Rule("*.internal")]);
        using var transport = Transport(rules);

        var outcome = await SendAsync(transport, url);

        Assert.Equal(isAsked ? AttemptEnd.Response : AttemptEnd.TargetRefused, outcome.Kind);
        Assert.Equal(isAsked ? 1 : 0, _proxy.Asked.Count);
    }

    [Fact]
    public async Task Proxy_at_an_address_that_is_never_reached_is_refused_like_an_endpoint()
    {
        using var transport = Transport(EgressRules.AlwaysOn, "http://169.254.169.254:3128");
        Assert.Equal(AttemptEnd.TargetRefused, (await SendAsync(transport, "http://fine.test/")).Kind);
    }

    [Fact]
    public async Task Proxy_gets_its_password_and_no_outcome_holds_it_whatever_the_proxy_answers()
    {
        var outcomes = new List<AttemptOutcome>();
        foreach (var url in new[] { "http://fine.test/", "https://fine.test/" })
        {
            foreach (var answer in new[] { "407 Proxy Authentication Required", "502 Bad Gateway", "403 Forbidden", "999 x", "" })
            {
                _proxy.Answer = answer;
                using var transport = Transport(EgressRules.AlwaysOn, $"http://user:{Password}@127.0.0.1:{_proxy.Port}");
                outcomes.Add(await SendAsync(transport, url));
            }
        }

        Assert.Contains(_proxy.Credentials, credentials => credentials == $"user:{Password}");
        Assert.Contains(outcomes, outcome => outcome.Response.Contains("you said ***", StringComparison.Ordinal));
        foreach (var secret in new[] { Password, Convert.ToBase64String(Encoding.UTF8.GetBytes($"user:{Password}")) })
            Assert.All(outcomes, outcome => Assert.DoesNotContain(secret, $"{outcome} {outcome.Response}", StringComparison.Ordinal));
    }

    private static EgressRule Rule(string text) => EgressRule.TryParse(text, out var rule) ? rule : throw new ArgumentException(text);

    private HttpTransport Transport(EgressRules rules, string? proxy = null) => new(
        4,
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(1),
        new NameResolver(_ => [IPAddress.Loopback], new NameResolutionSettings(4, TimeSpan.FromSeconds(30), TimeSpan.FromHours(1)), TimeProvider.System, _metrics),
        rules,
        new Uri(proxy ?? $"http://127.0.0.1:{_proxy.Port}"));

    private static async Task<AttemptOutcome> SendAsync(HttpTransport transport, string url)
    {
        var endpoint = Endpoint.Of(Some.Webhook with { Url = new Uri(url) });
        var attempt = new HttpAttempt(new StartAttempt(1, NewBatch(), endpoint), transport, TimeProvider.System);
        using var patience = new CancellationTokenSource(Patience);
        return (await attempt.RunAsync(transport.For(endpoint), patience.Token)).Outcome;
    }

    private static Batch NewBatch()
    {
        var budget = new OutboxBudget(long.MaxValue);
        var intake = new OutboxIntake(new AcceptanceClock(TimeProvider.System));
        var outbox = new MemoryOutbox(budget, intake);
        Assert.True(intake.TryAdd(budget, Some.Event("1")));
        outbox.TakeIn();
        outbox.StartFlush();
        return outbox.CutBatch(Some.Webhook.Batch);
    }

    /// <summary>Answers everything itself, and keeps what it was asked for.</summary>
    private sealed class ProxyOfTest : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public ProxyOfTest()
        {
            _listener.Start();
            _ = AcceptAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        /// <summary>Status and reason of every answer; empty closes the connection.</summary>
        public string Answer { get; set; } = "200 OK";

        /// <summary>The first line of each request.</summary>
        public ConcurrentQueue<string> Asked { get; } = new();

        public ConcurrentQueue<string> Credentials { get; } = new();

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
                while (await reader.ReadLineAsync() is { Length: > 0 } first)
                {
                    Asked.Enqueue(first);
                    var length = 0;
                    while (await reader.ReadLineAsync() is { Length: > 0 } header)
                    {
                        if (header.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))
                            length = int.Parse(header[16..], System.Globalization.CultureInfo.InvariantCulture);
                        if (header.StartsWith("Proxy-Authorization: Basic ", StringComparison.OrdinalIgnoreCase))
                            Credentials.Enqueue(Encoding.UTF8.GetString(Convert.FromBase64String(header[27..])));
                    }

                    if (length > 0)
                        await reader.ReadBlockAsync(new char[length]);
                    if (Answer.Length == 0)
                        return;
                    var challenge = Answer.StartsWith("407", StringComparison.Ordinal) ? "Proxy-Authenticate: Basic realm=\"test\"\r\n" : "";
                    var echo = string.Concat(Credentials.Select(said => $"you said {said}, {Convert.ToBase64String(Encoding.UTF8.GetBytes(said))} "));
                    await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 {Answer}\r\n{challenge}Content-Length: {echo.Length}\r\n\r\n{echo}"));
                    if (first.StartsWith("CONNECT ", StringComparison.Ordinal))
                        return;
                }
            }
            catch (IOException)
            {
                // The client has gone.
            }
        }
    }
}
