using System.Diagnostics;
using System.Net;
using System.Text.Json;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Api;

public sealed class WebhooksEndpointTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_shows_what_the_webhooks_are_doing_and_one_shows_its_configuration_without_secrets()
    {
        await using var server = await StartAsync("""
            [webhook.audit]
            url = "http://127.0.0.1:1/hook?token=hidden"
            events = [ "auth.*", "!auth.debug" ]
            signature-key = "hidden"
            http-version = "1.1"
            headers = [ "X-Token: hidden" ]
            auth.token = "hidden"
            """);
        using var accepted = await server.PostAsync("""{"type":"auth.success"}""");
        await Until(server, "audit", webhook => Text(webhook, "state") == "backing-off");

        var list = await server.Client.GetStringAsync(Path(""));
        var one = await server.Client.GetStringAsync(Path("/audit"));

        var webhook = JsonDocument.Parse(list).RootElement.GetProperty("webhooks")[0];
        Assert.Equal("audit", Text(webhook, "id"));
        Assert.Matches("^http://127\\.0\\.0\\.1:1/\\*{3}[0-9a-f]{8}$", Text(webhook, "url"));
        Assert.Equal(["auth.*", "!auth.debug"], webhook.GetProperty("patterns").EnumerateArray().Select(pattern => pattern.GetString()));
        Assert.Equal((1, 1, 0), (Number(webhook, "accepted"), Number(webhook, "waiting"), Number(webhook, "delivered")));
        Assert.Equal("retry", Text(webhook.GetProperty("lastAttempt"), "outcome"));
        Assert.NotEqual(JsonValueKind.Null, webhook.GetProperty("nextAttemptAt").ValueKind);
        var configuration = JsonDocument.Parse(one).RootElement.GetProperty("configuration");
        Assert.Equal(("1s", "1.1"), (Text(configuration, "throttle"), Text(configuration, "httpVersion")));
        Assert.DoesNotContain("hidden", list + one, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attempts_are_listed_the_latest_first()
    {
        await using var server = await RunningServer.StartAsync();
        using var first = await server.PostAsync("""{"type":"a"}""");
        await Until(server, "demo", webhook => Number(webhook, "delivered") == 1);
        await server.Client.PostAsync("/api/webhooks/demo/pause", null);
        using var second = await server.PostAsync("""[{"type":"b"},{"type":"c"}]""");
        await server.Client.PostAsync("/api/webhooks/demo/resume", null);
        await Until(server, "demo", webhook => Number(webhook, "delivered") == 3);

        var attempts = await Json(server, "/demo/attempts");

        Assert.Equal(
            [("delivered", 2, 200), ("delivered", 1, 200)],
            attempts.EnumerateArray().Select(attempt => (Text(attempt, "outcome"), Number(attempt, "events"), Number(attempt, "status"))));
    }

    [Fact]
    public async Task Paused_webhook_sends_nothing_until_it_is_resumed()
    {
        await using var server = await RunningServer.StartAsync();

        Assert.Equal("paused", Text(await Post(server, "/demo/pause"), "state"));
        using var accepted = await server.PostAsync("""{"type":"a"}""");
        Assert.Equal((1, 0), Account(await Json(server, "/demo")));
        Assert.NotEqual("paused", Text(await Post(server, "/demo/resume"), "state"));

        await Until(server, "demo", webhook => Account(webhook) == (0, 1));
    }

    [Fact]
    public async Task Retry_ends_the_wait_for_the_endpoint()
    {
        await using var server = await StartAsync("""
            [webhook.audit]
            url = "http://127.0.0.1:1/"
            events = "*"
            retry.initial = "1h"
            retry.max = "1h"
            """);
        using var accepted = await server.PostAsync("""{"type":"a"}""");
        await Until(server, "audit", webhook => Text(webhook, "state") == "backing-off");

        Assert.Equal(0, Number(await Post(server, "/audit/retry"), "failures"));

        await Until(server, "audit", webhook => Text(webhook, "state") == "backing-off");
        Assert.Equal(2, (await Json(server, "/audit/attempts")).GetArrayLength());
        using var missing = await server.Client.PostAsync(Path("/nobody/retry"), null);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Test_event_goes_to_its_webhook_alone_whatever_that_listens_to()
    {
        await using var server = await StartAsync("""
            [webhook.one]
            url = "http://127.0.0.1:1/"
            events = "nothing.at.all"
            [webhook.other]
            url = "http://127.0.0.1:1/"
            events = "*"
            """);

        using var response = await server.Client.PostAsync(Path("/one/test"), null);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await Until(server, "one", webhook => Number(webhook, "accepted") == 1);
        Assert.Equal(0, Number(await Json(server, "/other"), "accepted"));
    }

    [Fact]
    public async Task Dead_letters_are_listed_replayed_and_dropped()
    {
        await using var server = await StartAsync("""
            [webhook.short]
            url = "http://127.0.0.1:1/"
            events = "*"
            discard-after = "1s"
            retry.max = "1s"
            """);
        using var accepted = await server.PostAsync("""{"type":"a.b","id":"my-id","data":{"n":1}}""");
        await Until(server, "short", webhook => Number(webhook, "dead") == 1);

        var page = await Json(server, "/short/dead-letters?limit=1000");
        Assert.Equal(JsonValueKind.Null, page.GetProperty("next").ValueKind);
        var letter = Assert.Single(page.GetProperty("deadLetters").EnumerateArray());
        Assert.Equal(("my-id", "a.b", "expired"), (Text(letter, "id"), Text(letter, "type"), Text(letter, "reason")));
        Assert.Equal("""{"n":1}""", letter.GetProperty("data").GetRawText());
        Assert.Equal(1, Number(await Post(server, "/short/dead-letters/replay"), "replayed"));
        await Until(server, "short", webhook => Number(webhook, "dead") == 1);
        using var dropped = await server.Client.DeleteAsync(Path("/short/dead-letters"));
        Assert.Equal("""{"dropped":1}""", await dropped.Content.ReadAsStringAsync());
        var after = await Json(server, "/short");
        Assert.Equal((0, 1), (Number(after, "dead"), Number(after.GetProperty("dropped"), "discarded")));
    }

    [Theory]
    [InlineData("DELETE", "?ids=1", "The query has 'ids'")]
    [InlineData("DELETE", "?id=", "id is ''")]
    [InlineData("DELETE", "?id=1&limit=3", "The query has 'limit'")]
    [InlineData("POST", "/replay?all=true", "The query has 'all'")]
    public async Task What_is_not_understood_does_not_mean_all_dead_letters(string method, string query, string words)
    {
        await using var server = await RunningServer.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), Path($"/demo/dead-letters{query}"));

        using var response = await server.Client.SendAsync(request);

        var problem = await EventsEndpointTests.ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Contains(words, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("?id=EVENT", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_with_a_body_is_refused_and_letters_that_there_are_not_are_not_found()
    {
        await using var server = await RunningServer.StartAsync();
        using var body = new StringContent("""{"ids":["1"]}""");
        using var withBody = await server.Client.PostAsync(Path("/demo/dead-letters/replay"), body);
        using var missing = await server.Client.PostAsync(Path("/demo/dead-letters/replay?id=1"), null);

        var problem = await EventsEndpointTests.ProblemAsync(withBody, HttpStatusCode.BadRequest);
        Assert.Contains("A body is not read here", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Whatever_data_was_accepted_can_be_shown()
    {
        await using var server = await StartAsync("""
            [webhook.short]
            url = "http://127.0.0.1:1/"
            events = "*"
            discard-after = "1s"
            retry.max = "1s"
            """);
        string[] data =
        [
            """{"a":"\ud800"}""", """{"\udc00":1}""", $$"""{"a":{{new string('[', 63)}}{{new string(']', 63)}}}""", """{"a":1e400}""", """{"a":"\u0000"}""",
            """{"a":1,"a":2}""",
        ];
        foreach (var one in data)
        {
            using var accepted = await server.PostAsync($$"""{"type":"a","data":{{one}}}""");
            Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        }

        await Until(server, "short", webhook => Number(webhook, "dead") == data.Length);

        var page = await server.Client.GetStringAsync(Path("/short/dead-letters?limit=1000"));
        Assert.All(data, one => Assert.Contains($"\"data\":{one}", page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("limit=0", "accepted is an integer from 1 to 1000")]
    [InlineData("limit=1001", "accepted is an integer from 1 to 1000")]
    [InlineData("limit=-1", "accepted is an integer from 1 to 1000")]
    [InlineData("limit=", "accepted is an integer from 1 to 1000")]
    [InlineData("limit=1&limit=2", "accepted is an integer from 1 to 1000")]
    [InlineData("limit=many", "limit is 'many'")]
    public async Task Page_of_dead_letters_that_is_not_acceptable_is_told(string query, string words)
    {
        await using var server = await RunningServer.StartAsync();

        using var response = await server.Client.GetAsync(Path($"/demo/dead-letters?{query}"));

        var problem = await EventsEndpointTests.ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Contains(words, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(129)]
    public async Task Cursor_that_no_page_has_given_is_told(int length)
    {
        await using var server = await RunningServer.StartAsync();

        using var response = await server.Client.GetAsync(Path($"/demo/dead-letters?after={new string('x', length)}"));

        var problem = await EventsEndpointTests.ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Contains("not a cursor", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dead_letters_come_by_the_page_each_once_and_oldest_first()
    {
        await using var server = await StartAsync("""
            [webhook.short]
            url = "http://127.0.0.1:1/"
            events = "*"
            discard-after = "1s"
            retry.max = "1s"
            """);
        using var accepted = await server.PostAsync($"[{string.Join(',', Enumerable.Range(0, 5).Select(i => $$"""{"type":"a","id":"{{i}}"}"""))}]");
        await Until(server, "short", webhook => Number(webhook, "dead") == 5);

        var pages = new List<string>();
        string? after = "";
        while (after is not null)
        {
            var page = await Json(server, $"/short/dead-letters?limit=2&after={Uri.EscapeDataString(after)}");
            pages.Add(string.Join(',', page.GetProperty("deadLetters").EnumerateArray().Select(letter => Text(letter, "id"))));
            after = Text(page, "next");
        }

        Assert.Equal(["0,1", "2,3", "4"], pages);
    }

    [Theory]
    [InlineData("GET", "/nobody")]
    [InlineData("GET", "/nobody/attempts")]
    [InlineData("POST", "/nobody/pause")]
    [InlineData("POST", "/nobody/test")]
    [InlineData("DELETE", "/nobody/dead-letters")]
    public async Task Webhook_that_does_not_run_is_not_found(string method, string path)
    {
        await using var server = await RunningServer.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), Path(path));

        using var response = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    private static Uri Path(string path) => new($"/api/webhooks{path}", UriKind.Relative);

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private static (int Waiting, int Delivered) Account(JsonElement webhook) => (Number(webhook, "waiting"), Number(webhook, "delivered"));

    private static async Task<JsonElement> Json(RunningServer server, string path) =>
        JsonSerializer.Deserialize<JsonElement>(await server.Client.GetByteArrayAsync(Path(path)));

    private static async Task<JsonElement> Post(RunningServer server, string path)
    {
        using var response = await server.Client.PostAsync(Path(path), null);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await RunningServer.JsonOf(response);
    }

    private static async Task Until(RunningServer server, string id, Predicate<JsonElement> condition)
    {
        var since = Stopwatch.GetTimestamp();
        JsonElement webhook;
        while (!condition(webhook = await Json(server, $"/{id}")))
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < Patience, webhook.GetRawText());
            await Task.Delay(Interval);
        }
    }

    private Task<RunningServer> StartAsync(string toml) => RunningServer.StartAsync(new ServerOptions
    {
        ConfigFile = _folder.Write("webhooks.toml", toml),
        Hocon = Akka.Configuration.ConfigurationFactory.ParseString("actor-webhooks.drain-timeout = 100ms"),
    });
}
