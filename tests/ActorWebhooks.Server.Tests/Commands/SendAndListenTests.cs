using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Commands;

public sealed class SendAndListenTests : IAsyncLifetime, IDisposable
{
    private readonly Folder _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Cli _listener = new();
    private readonly Cli _cli = new();
    private Task<int>? _listening;

    public Task InitializeAsync()
    {
        _listening = _listener.RunAsync(_stop.Token, "listen", "--port", "0", "--signature-key", "my-secret-key");
        return _listener.Out.Shows("Ctrl-C");
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        Assert.Equal(0, await _listening!);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("Origin", "http://127.0.0.1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Listen_answers_no_web_page_and_every_answer_tells_browsers_to_make_nothing_of_it(string header, string value)
    {
        using var http = new HttpClient { BaseAddress = new Uri(_listener.Url) };
        using var taken = await http.PostAsync(new Uri("/a", UriKind.Relative), null);
        http.DefaultRequestHeaders.Add(header, value);
        using var refused = await http.PostAsync(new Uri("/a", UriKind.Relative), null);

        Assert.Equal((System.Net.HttpStatusCode.Unauthorized, System.Net.HttpStatusCode.Forbidden), (taken.StatusCode, refused.StatusCode));
        foreach (var response in new[] { taken, refused })
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Data_that_is_not_JSON_is_refused_without_the_words_of_a_library()
    {
        Assert.Equal(1, await _cli.RunAsync("send", "a.b", "{\"a\":1,}"));

        Assert.Equal(["The data is not JSON: there is a comma before a closing bracket (line 1, byte 8)."], _cli.Error.Lines);
    }

    [Fact]
    public async Task Send_reaches_a_node_and_listen_prints_what_the_node_delivers_as_the_contract_says()
    {
        var config = _folder.Write("webhooks.toml", $"""
            [webhook."my-webhook"]
            url = "{_listener.Url}/webhook?x=1"
            events = [ "auth.success", "store.ingest" ]
            timeout = "30s"
            throttle = "1s"
            signature-key = "my-secret-key"
            headers = [ "X-My-Header: my-value" ]
            allow-invalid-certs = false

            [webhook."my-webhook".auth]
            username = "account"
            secret = "password"
            """);
        await using var server = await RunningServer.StartAsync(new() { ConfigFile = config });

        Assert.Equal(0, await _cli.RunAsync("send", "--url", $"{server.Url}", "auth.failure", """{"accountName":"jdoe"}"""));
        Assert.Equal(0, await _cli.RunAsync("send", "--url", $"{server.Url}", "auth.success", """{"accountName":"jdoe"}"""));
        await _listener.Out.Shows("-> signature valid (X-Signature); answered 200");

        Assert.Equal(2, _cli.Out.Lines.Count(line => line.StartsWith("""{"accepted":1,"ids":[""", StringComparison.Ordinal)));
        var printed = _listener.Out.Lines;
        Assert.Contains("POST /webhook?x=1", printed);
        Assert.Contains("Content-Type: application/json", printed);
        Assert.Contains("Authorization: Basic YWNjb3VudDpwYXNzd29yZA==", printed);
        Assert.Contains("X-My-Header: my-value", printed);
        Assert.Contains(printed, line => line.EndsWith("""
            "type":"auth.success","data":{"accountName":"jdoe"}}]}
            """.Trim(), StringComparison.Ordinal));
        Assert.DoesNotContain("auth.failure", _listener.Out.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listen_answers_401_to_what_is_not_signed_and_keeps_control_characters_from_the_terminal()
    {
        using var client = new HttpClient();
        using var content = new StringContent("a\u001b[2Jb");

        using var response = await client.PostAsync(new Uri(_listener.Url), content);

        Assert.Equal(401, (int)response.StatusCode);
        await _listener.Out.Shows("-> not signed: no X-Signature and no webhook-signature header; answered 401");
        Assert.Contains("a\\u001b[2Jb", _listener.Out.Lines);
    }

    [Fact]
    public async Task Send_tells_what_the_node_says_against_it()
    {
        await using var server = await RunningServer.StartAsync(publisher: new RecordingPublisher());

        Assert.Equal(1, await _cli.RunAsync("send", "--url", $"{server.Url}", "auth..success"));
        Assert.Equal(1, await _cli.RunAsync("send", "--url", $"{server.Url}", "auth.success", "[]"));

        Assert.StartsWith("Refused with 400: Event 0: The type 'auth..success'", _cli.Error.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Refused with 400: Event 0: The data must be one JSON object", _cli.Error.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_reads_standard_input_where_the_data_is_a_dash_and_its_key_from_the_variable()
    {
        var publisher = new RecordingPublisher();
        await using var server = await RunningServer.StartAsync(
            new() { ApiKey = ActorWebhooks.Server.Api.ApiKey.TryParse("0123456789abcdef") }, publisher);
        var sender = new Cli { In = """{"from":"stdin"}""", Variable = "0123456789abcdef" };

        Assert.Equal(0, await sender.RunAsync("send", "--url", $"{server.Url}", "auth.success", "-"));

        var e = Assert.Single(publisher.Published);
        Assert.Contains(e.Id, sender.Out.Text, StringComparison.Ordinal);
        Assert.Equal("""{"from":"stdin"}"""u8, e.Data.Span);
    }

    [Fact]
    public async Task Send_to_nobody_tells_what_to_do()
    {
        Assert.Equal(1, await _cli.RunAsync("send", "--url", "http://127.0.0.1:1", "auth.success"));

        Assert.Contains("is not reachable", Assert.Single(_cli.Error.Lines), StringComparison.Ordinal);
    }
}
