using ActorWebhooks.Server.Commands;
using ActorWebhooks.Server.Receiving;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Commands;

public sealed class CliTests : IDisposable
{
    private const string FiveMistakes = """
        [webhook."billing"]
        url = "ftp://example.com/hook"
        events = [ "invoice..paid" ]
        throtle = "1s"
        timeout = "a while"
        headers = [ "no colon" ]
        """;

    private readonly Folder _folder = new();
    private readonly ScreenText _output = new();
    private readonly ScreenText _error = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Check_prints_a_line_with_its_place_for_each_of_five_mistakes_and_exits_1()
    {
        var file = _folder.Write("webhooks.toml", FiveMistakes);

        Assert.Equal(1, await Run("check", file));

        Assert.Empty(_output.Lines);
        Assert.Equal(5, _error.Lines.Count);
        Assert.StartsWith($"{file}:2:7: url", _error.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{file}:3:12: events", _error.Lines[1], StringComparison.Ordinal);
        Assert.StartsWith($"{file}:4:1: unknown key", _error.Lines[2], StringComparison.Ordinal);
        Assert.EndsWith("did you mean 'throttle'?", _error.Lines[2], StringComparison.Ordinal);
        Assert.StartsWith($"{file}:5:11: timeout", _error.Lines[3], StringComparison.Ordinal);
        Assert.StartsWith($"{file}:6:13: headers", _error.Lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_refuses_the_same_file_with_the_same_lines()
    {
        var file = _folder.Write("webhooks.toml", FiveMistakes);
        await Run("check", file);
        var checkedLines = _error.Lines;

        Assert.Equal(1, await Run("run", "--config", file, "--urls", "http://127.0.0.1:0"));

        Assert.Equal([.. checkedLines, .. checkedLines], _error.Lines);
    }

    [Fact]
    public async Task Check_of_a_right_file_exits_0_and_says_what_is_in_it()
    {
        var file = _folder.Write("webhooks.toml", """
            [webhook.a]
            url = "https://example.com"
            events = "*"
            [webhook.b]
            url = "https://example.com"
            events = "*"
            enable = false
            """);

        Assert.Equal(0, await Run("check", file));

        Assert.Equal([$"{file}: 2 webhooks (1 disabled), no errors"], _output.Lines);
    }

    [Fact]
    public async Task Check_of_a_file_that_is_not_there_says_so()
    {
        Assert.Equal(1, await Run("check", "nowhere.toml"));

        Assert.Contains("does not exist", Assert.Single(_error.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Match_shows_who_hears_of_a_type_and_by_which_pattern()
    {
        var file = _folder.Write("webhooks.toml", """
            [webhook.audit]
            url = "https://example.com"
            events = [ "auth.*", "*.success" ]
            [webhook.quiet]
            url = "https://example.com"
            events = [ "*", "!auth.*" ]
            [webhook.off]
            url = "https://example.com"
            events = "auth.success"
            enable = false
            """);

        Assert.Equal(0, await Run("match", file, "auth.success", "store.ingest"));

        Assert.Equal(
            [
                "auth.success",
                "  audit  by auth.*, *.success",
                "  quiet  no, kept away by !auth.*",
                "  off    no, disabled (would be by auth.success)",
                "store.ingest",
                "  quiet  by *",
            ],
            _output.Lines);
    }

    [Fact]
    public async Task Match_of_a_malformed_type_is_misuse()
    {
        Assert.Equal(2, await Run("match", _folder.Write("webhooks.toml", ""), "auth..success"));

        Assert.Contains("'auth..success' is not an event type", Assert.Single(_error.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_reaches_a_node_and_listen_prints_what_the_node_delivers_as_the_contract_says()
    {
        await using var listener = await ListenHost.StartAsync(0, "my-secret-key", _output, CancellationToken.None);
        var config = _folder.Write("webhooks.toml", $"""
            [webhook."my-webhook"]
            url = "{listener.Url}webhook"
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
        await using var node = await Node.StartAsync(options => options with { ConfigFile = config });

        Assert.Equal(0, await Run("send", "--url", node.Url.ToString(), "auth.failure", """{"accountName":"jdoe"}"""));
        Assert.Equal(0, await Run("send", "--url", node.Url.ToString(), "auth.success", """{"accountName":"jdoe"}"""));
        await _output.Shows("signature valid (X-Signature)");

        Assert.Contains("POST /webhook", _output.Lines);
        Assert.Contains("Content-Type: application/json", _output.Lines);
        Assert.Contains("Authorization: Basic YWNjb3VudDpwYXNzd29yZA==", _output.Lines);
        Assert.Contains("X-My-Header: my-value", _output.Lines);
        Assert.Contains("""
            "type":"auth.success","data":{"accountName":"jdoe"}}]}
            """.Trim(), _output.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("auth.failure", _output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listen_answers_401_to_a_signature_that_is_not_valid()
    {
        await using var listener = await ListenHost.StartAsync(0, "my-secret-key", _output, CancellationToken.None);
        using var http = new HttpClient();
        using var content = new StringContent("{}");
        content.Headers.Add("X-Signature", "Til9k4GudaB4dIeWWv69yyVIWMX42uBR/5zo6ob5BiY=");

        using var response = await http.PostAsync(listener.Url, content);

        Assert.Equal(401, (int)response.StatusCode);
        await _output.Shows("SIGNATURE NOT VALID, answered 401");
    }

    [Fact]
    public async Task Send_tells_what_the_node_says_against_it()
    {
        await using var node = await Node.StartAsync();

        Assert.Equal(1, await Run("send", "--url", node.Url.ToString(), "auth.success", "[]"));

        Assert.Contains("answered 400: data is not an object", Assert.Single(_error.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_reads_standard_input_where_the_data_is_a_dash()
    {
        await using var node = await Node.StartAsync();
        using var input = new StringReader("""{"from":"stdin"}""");

        Assert.Equal(0, await Cli.InvokeAsync(["send", "--url", node.Url.ToString(), "auth.success", "-"], input, _output, _error));

        await node.Screen.Shows("""{"from":"stdin"}""");
    }

    [Fact]
    public async Task Send_to_nobody_tells_what_to_do()
    {
        Assert.Equal(1, await Run("send", "--url", "http://127.0.0.1:1", "auth.success"));

        Assert.Contains("cannot be reached", Assert.Single(_error.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run", "--urls", "http://0.0.0.0:0")]
    [InlineData("run", "--urls", "https://127.0.0.1:0")]
    [InlineData("run", "--urls", "http://example.com:80")]
    [InlineData("run", "--urls", "http://127.0.0.1:0", "--api-key", "short")]
    [InlineData("run", "--urls", "http://127.0.0.1:0", "--hocon", "nowhere.conf")]
    [InlineData("run", "--urls", "http://127.0.0.1:0", "--config", "nowhere.toml")]
    [InlineData("listen", "--port", "99999")]
    [InlineData("run", "--data", "somewhere")]
    public async Task What_cannot_be_done_is_refused_with_a_sentence_and_no_stack(params string[] args)
    {
        Assert.Equal(1, await Run(args));

        Assert.NotEmpty(_error.Lines);
        Assert.DoesNotContain("   at ", _error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_that_is_taken_is_refused_with_a_sentence()
    {
        await using var node = await Node.StartAsync();

        Assert.Equal(1, await Run("run", "--urls", node.Url.ToString()));

        Assert.Contains("another program listens there already", Assert.Single(_error.Lines), StringComparison.Ordinal);
    }

    private Task<int> Run(params string[] args) => Cli.InvokeAsync(args, TextReader.Null, _output, _error);
}
