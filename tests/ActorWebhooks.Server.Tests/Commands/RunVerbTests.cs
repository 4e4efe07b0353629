using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Commands;

public sealed class RunVerbTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly Cli _cli = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2, "one place", "--data", "x", "--in-memory")]
    [InlineData(2, "one place", "run", "--postgres", "Host=x", "--data", "x")]
    [InlineData(2, "one place", "--in-memory", "--postgres", "Host=x")]
    [InlineData(1, "--data is empty", "--data", "")]
    [InlineData(1, "is not a connection string", "--postgres", "")]
    [InlineData(1, "is not a connection string", "--postgres", "Database=x")]
    [InlineData(1, "is not a connection string", "--postgres", "postgres://user:secret@host/db")]
    [InlineData(2, "nonsense", "nonsense")]
    [InlineData(2, "from 0 to 65535", "listen", "--port", "70000")]
    [InlineData(2, "from 0 to 65535", "listen", "--port", "abc")]
    [InlineData(2, "--port", "listen", "--port")]
    [InlineData(2, "is empty", "listen", "--signature-key", "")]
    [InlineData(2, "--signature-key", "listen", "--signature-key")]
    [InlineData(2, "is not the URL", "send", "--url", "nonsense", "a.b")]
    [InlineData(1, "is not JSON", "send", "a.b", "nonsense")]
    [InlineData(1, "no API key", "run", "--urls", "http://0.0.0.0:0")]
    [InlineData(1, "no API key", "--urls", "http://*:0")]
    [InlineData(1, "16 to 256", "--api-key", "short")]
    [InlineData(1, "not an address", "--urls", "https://127.0.0.1:0")]
    [InlineData(1, "not an address", "--urls", "http://example.com:80")]
    [InlineData(1, "cannot be read", "--hocon", "missing.conf")]
    [InlineData(1, "does not exist", "--config", "missing.toml")]
    [InlineData(1, "does not have that address", "--urls", "http://192.0.2.1:0", "--api-key", "0123456789abcdef")]
    public async Task What_cannot_be_run_is_refused_with_a_sentence(int exitCode, string words, params string[] args)
    {
        Assert.Equal(exitCode, await _cli.RunAsync(args));

        Assert.Contains(words, _cli.Error.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", _cli.Error.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a = ${missing}", "is not HOCON")]
    [InlineData("actor-webhooks.max-event-bytes = nonsense", "max-event-bytes")]
    [InlineData("actor-webhooks.outbox.max-bytes = 1B", "outbox.max-bytes")]
    public async Task Hocon_that_is_not_right_is_told_in_a_sentence_that_names_the_file(string hocon, string words)
    {
        var file = _folder.Write("node.conf", hocon);

        Assert.Equal(1, await _cli.RunAsync("--urls", "http://127.0.0.1:0", "--in-memory", "--hocon", file));

        var line = Assert.Single(_cli.Error.Lines);
        Assert.StartsWith(file, line, StringComparison.Ordinal);
        Assert.Contains(words, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a = ${hidden}")]
    public async Task What_stands_in_a_file_that_is_not_HOCON_is_not_told(string text)
    {
        var file = _folder.Write("node.conf", text);

        Assert.Equal(1, await _cli.RunAsync("--urls", "http://127.0.0.1:0", "--in-memory", "--hocon", file));

        Assert.DoesNotContain("hidden", _cli.Error.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://user:hidden@127.0.0.1:0")]
    [InlineData("ftp://user:hidden@127.0.0.1")]
    public async Task What_stands_before_the_host_of_an_address_to_listen_on_is_not_told(string url)
    {
        Assert.Equal(1, await _cli.RunAsync("--urls", url, "--in-memory"));

        Assert.DoesNotContain("hidden", _cli.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_setting_that_is_not_right_is_told_at_once()
    {
        var file = _folder.Write("node.conf", """
            actor-webhooks {
                max-event-bytes = nonsense
                server {
                    max-connections = 1
                    max-connections-per-address = many
                    max-request-memory = 1MiB
                    body-timeout = 1ms
                }
            }
            """);

        Assert.Equal(1, await _cli.RunAsync("--urls", "http://127.0.0.1:0", "--in-memory", "--hocon", file));

        Assert.Equal(5, _cli.Error.Lines.Count);
        Assert.Contains($"{file}: actor-webhooks.server.max-connections = 1: accepted is an integer from 8 to 1,000,000, or auto.", _cli.Error.Lines);
        Assert.Contains($"{file}: actor-webhooks.server.max-connections-per-address = many: accepted is an integer from 1 to 1,000,000, or auto.", _cli.Error.Lines);
        Assert.Contains(_cli.Error.Lines, line => line.StartsWith($"{file}: actor-webhooks.server.max-request-memory = 1MiB: accepted is a size", StringComparison.Ordinal));
        Assert.Contains(_cli.Error.Lines, line => line.StartsWith($"{file}: actor-webhooks.server.body-timeout = 1ms: accepted is a duration of 1 s", StringComparison.Ordinal));
        Assert.Contains(_cli.Error.Lines, line => line.Contains("max-event-bytes = nonsense", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(null, "")]
    public async Task Send_with_an_empty_key_is_refused_before_anything_is_sent(string? option, string? variable)
    {
        var cli = new Cli { Variable = variable };
        string[] key = option is null ? [] : ["--api-key", option];

        Assert.Equal(1, await cli.RunAsync(["send", .. key, "a.b"]));

        Assert.StartsWith("The API key is empty.", Assert.Single(cli.Error.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Engine_that_does_not_start_is_told_in_a_sentence()
    {
        var file = _folder.Write("node.conf", "akka.actor.provider = nonsense");

        Assert.Equal(1, await _cli.RunAsync("--urls", "http://127.0.0.1:0", "--in-memory", "--hocon", file));

        Assert.StartsWith("The node does not start: ", Assert.Single(_cli.Error.Lines), StringComparison.Ordinal);
        Assert.Empty(_cli.Out.Lines);
    }

    [Fact]
    public async Task A_port_in_use_is_told_in_a_sentence()
    {
        await using var other = await RunningServer.StartAsync(publisher: new RecordingPublisher());

        Assert.Equal(1, await _cli.RunAsync("--urls", $"{other.Url}", "--in-memory"));

        Assert.Contains("another program uses that port", Assert.Single(_cli.Error.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(null, "")]
    [InlineData("short", null)]
    public async Task Key_that_is_empty_or_too_short_is_an_error_and_not_no_key(string? option, string? variable)
    {
        var cli = new Cli { Variable = variable };
        string[] key = option is null ? [] : ["--api-key", option];

        Assert.Equal(1, await cli.RunAsync(["--urls", "http://127.0.0.1:0", "--in-memory", .. key]));

        Assert.Contains("The API key is not acceptable", Assert.Single(cli.Error.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, "")]
    [InlineData("it's-a-key-of-22-chars", null, " -H \"Authorization: Bearer $ACTORWEBHOOKS_API_KEY\"")]
    [InlineData(null, "0123456789abcdef", " -H \"Authorization: Bearer $ACTORWEBHOOKS_API_KEY\"")]
    public async Task Run_prints_a_curl_line_that_a_shell_takes_as_it_stands(string? option, string? variable, string authorization)
    {
        var config = _folder.Write("webhooks.toml", """
            [webhook.audit]
            url = "https://example.com/hook?token=secret"
            events = "auth.*"
            """);
        var cli = new Cli { Variable = variable };
        string[] key = option is null ? [] : ["--api-key", option];
        using var stop = new CancellationTokenSource();

        var run = cli.RunAsync(stop.Token, ["--config", config, "--urls", "http://127.0.0.1:0", "--in-memory", .. key]);
        await cli.Out.Shows("Try it");

        Assert.Contains(
            $"  curl -sS '{cli.Url}/api/events'{authorization} -H 'Content-Type: application/json' "
            + """-d '{"type":"auth.test","data":{"hello":"world"}}'""",
            cli.Out.Lines);
        foreach (var secret in new[] { "secret", option ?? "secret", variable ?? "secret" })
            Assert.DoesNotContain(secret, cli.Out.Text, StringComparison.Ordinal);
        await stop.CancelAsync();
        Assert.Equal(0, await run);
    }

    [Fact]
    public async Task Configuration_may_be_named_in_the_hocon_file()
    {
        var config = _folder.Write("hooks.toml", "# no webhooks");
        var hocon = _folder.Write("node.conf", $"actor-webhooks.config-file = \"{config}\"");
        using var stop = new CancellationTokenSource();

        var run = _cli.RunAsync(stop.Token, "--urls", "http://127.0.0.1:0", "--in-memory", "--hocon", hocon);
        await _cli.Out.Shows($"Webhooks of {config}");

        await stop.CancelAsync();
        Assert.Equal(0, await run);
    }
}
