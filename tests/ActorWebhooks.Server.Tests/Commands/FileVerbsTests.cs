using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Commands;

public sealed class FileVerbsTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly Cli _cli = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Check_prints_a_line_with_its_place_for_each_of_five_mistakes_and_run_and_match_print_the_same()
    {
        var file = _folder.Write("webhooks.toml", """
            [webhook."billing"]
            url = "ftp://example.com/hook"
            events = [ "invoice..paid" ]
            throtle = "1s"
            timeout = "a while"
            headers = [ "no colon" ]
            """);

        Assert.Equal(1, await _cli.RunAsync("check", file));

        Assert.Empty(_cli.Out.Lines);
        var lines = _cli.Error.Lines;
        Assert.Equal(5, lines.Count);
        Assert.StartsWith($"{file}:2:7: url", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{file}:3:12: events", lines[1], StringComparison.Ordinal);
        Assert.StartsWith($"{file}:4:1: unknown key", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("did you mean 'throttle'?", lines[2], StringComparison.Ordinal);
        Assert.StartsWith($"{file}:5:11: timeout", lines[3], StringComparison.Ordinal);
        Assert.StartsWith($"{file}:6:13: headers", lines[4], StringComparison.Ordinal);

        Assert.Equal(1, await _cli.RunAsync("run", "--config", file, "--urls", "http://127.0.0.1:0"));
        Assert.Equal(1, await _cli.RunAsync("match", file, "a.b"));
        Assert.Equal([.. lines, .. lines, .. lines], _cli.Error.Lines);
        Assert.Empty(_cli.Out.Lines);
    }

    [Fact]
    public async Task Check_of_a_right_file_says_what_is_in_it()
    {
        var file = _folder.Write("webhooks.toml", Webhook("a", "\"*\"") + Webhook("b", "\"*\"") + "enable = false");

        Assert.Equal(0, await _cli.RunAsync("check", file));

        Assert.Equal([$"{file}: 2 webhooks (1 disabled), no errors"], _cli.Out.Lines);
    }

    [Theory]
    [InlineData(0, "check")]
    [InlineData(1, "check", "--strict")]
    public async Task Check_warns_on_standard_error_and_fails_for_it_only_when_it_is_to_be_strict(int exitCode, params string[] verb)
    {
        var file = _folder.Write("webhooks.toml", Webhook("a", "\"*\"") + """
            headers = "Host: bücher.example"
            auth = { username = "u", secret = "%{env:CHECKED_SECRET}%", token = "t" }
            """);
        Environment.SetEnvironmentVariable("CHECKED_SECRET", "hidden\n");

        Assert.Equal(exitCode, await _cli.RunAsync([.. verb, file]));

        Assert.Equal([$"{file}: 1 webhook, no errors, 3 warnings"], _cli.Out.Lines);
        Assert.Equal(3, _cli.Error.Lines.Count);
        Assert.StartsWith($"{file}:4:11: warning: headers: Host is set by the engine", _cli.Error.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{file}:5:35: warning: auth.secret: the environment variable \"CHECKED_SECRET\" ends in a newline", _cli.Error.Lines[1], StringComparison.Ordinal);
        Assert.StartsWith($"{file}:5:69: warning: auth.token: together with", _cli.Error.Lines[2], StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", _cli.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_tells_errors_first_and_then_warnings()
    {
        var file = _folder.Write("webhooks.toml", "[server]\n" + Webhook("a", "5"));

        Assert.Equal(1, await _cli.RunAsync("check", file));

        Assert.Equal(2, _cli.Error.Lines.Count);
        Assert.StartsWith($"{file}:4:10: events = 5", _cli.Error.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{file}:1:2: warning: \"server\"", _cli.Error.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_that_is_not_there_is_told_in_a_sentence()
    {
        Assert.Equal(1, await _cli.RunAsync("check", "nowhere.toml"));

        Assert.Contains("does not exist", Assert.Single(_cli.Error.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Match_shows_patterns_excludes_and_disabled_webhooks()
    {
        var file = _folder.Write("webhooks.toml", Webhook("audit", """["auth.*", "*.success"]""")
            + Webhook("ops", """["*", "!auth.*"]""") + Webhook("off", "\"*\"") + "enable = false");

        Assert.Equal(0, await _cli.RunAsync("match", file, "auth.success", "store.ingest"));

        Assert.Equal(
            [
                "TYPE          WEBHOOK  REACHED  PATTERN",
                "auth.success  audit    yes      auth.*, *.success",
                "auth.success  ops      no       *                  kept away by !auth.*",
                "auth.success  off      no       *                  disabled",
                "store.ingest  ops      yes      *",
                "store.ingest  off      no       *                  disabled",
            ],
            _cli.Out.Lines);
    }

    [Fact]
    public async Task Match_says_when_no_webhook_listens()
    {
        Assert.Equal(0, await _cli.RunAsync("match", _folder.Write("webhooks.toml", Webhook("audit", "\"auth.*\"")), "x"));

        Assert.Contains("no webhook listens", _cli.Out.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Match_names_everything_that_is_not_an_event_type()
    {
        Assert.Equal(2, await _cli.RunAsync("match", "f.toml", "auth.success", "a..b", "c d"));

        Assert.StartsWith("'a..b' is not an event type: ", _cli.Error.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("'c d' is not an event type: ", _cli.Error.Lines[1], StringComparison.Ordinal);
    }

    private static string Webhook(string id, string events) => $"""
        [webhook.{id}]
        url = "https://example.com"
        events = {events}

        """;
}
