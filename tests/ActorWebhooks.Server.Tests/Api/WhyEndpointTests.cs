using System.Diagnostics;
using System.Net;
using System.Text.Json;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Storage.Sqlite;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Api;

public sealed class WhyEndpointTests : IDisposable
{
    private const string Id = "018f5f6c-0000-7000-8000-000000000000";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Event_that_was_delivered_is_told_with_its_attempt_and_pattern_after_a_restart_too()
    {
        using (var store = new SqliteStore(_folder.Path))
        {
            store.Open();
            await using var server = await RunningServer.StartAsync(new ServerOptions { Store = store });
            using var accepted = await server.PostAsync($$"""{"type":"auth.success","id":"{{Id}}"}""");
            await UntilDelivered(server, "demo");
            var before = await WhyAsync(server, Id);
            Assert.Equal("delivered", Text(Only(before), "fate"));
            await server.StopAsync();
        }

        using (var store = new SqliteStore(_folder.Path))
        {
            store.Open();
            await using var server = await RunningServer.StartAsync(new ServerOptions { Store = store });
            var why = await WhyUntilAsync(server, Id, fate: "delivered");

            Assert.Equal((Id, "auth.success"), (Text(why, "event"), Text(why, "type")));
            var webhook = Only(why);
            Assert.Equal("demo", Text(webhook, "webhook"));
            Assert.Equal(["*"], Texts(webhook, "patterns"));
            Assert.Empty(Texts(webhook, "notKnown"));
            var attempt = Assert.Single(webhook.GetProperty("attempts").EnumerateArray());
            Assert.Equal(("delivered", 200, 1), (Text(attempt, "outcome"), attempt.GetProperty("status").GetInt32(), attempt.GetProperty("events").GetInt32()));
            Assert.Contains(Text(attempt, "at")[..19], Text(webhook, "text"), StringComparison.Ordinal);

            var none = Only(await WhyAsync(server, "none"));
            Assert.Equal("unknown", Text(none, "fate"));
            Assert.Matches("^Attempts before 20.* are not kept\\.$", Assert.Single(Texts(none, "notKnown")));
        }
    }

    [Fact]
    public async Task Each_webhook_says_whether_the_event_waits_is_kept_away_or_was_never_for_it()
    {
        await using var server = await StartAsync(
            Webhook("waits", "auth.*") + Webhook("excludes", "*", "!auth.success") + Webhook("other", "store.*"));
        using var accepted = await server.PostAsync($$"""{"type":"auth.success","id":"{{Id}}"}""");

        var why = await WhyAsync(server, Id);

        Assert.Equal("auth.success", Text(why, "type"));
        Assert.Equal(
            [("excludes", "excluded", "!auth.success"), ("other", "not-matched", null), ("waits", "waiting", null)],
            why.GetProperty("webhooks").EnumerateArray().Select(webhook => (
                Text(webhook, "webhook"), Text(webhook, "fate"), webhook.GetProperty("excludedBy").GetString())));
        Assert.Equal("waits", Text(Only(await WhyAsync(server, $"{Id}&webhook=waits")), "webhook"));
    }

    [Fact]
    public async Task Dead_letter_is_told_with_its_reason()
    {
        await using var server = await StartAsync($"{Webhook("short", "*")}discard-after = \"1ms\"\n");
        using var accepted = await server.PostAsync($$"""{"type":"a","id":"{{Id}}"}""");

        var webhook = Only(await WhyUntilAsync(server, Id, fate: "dead"));

        Assert.Equal("expired", Text(webhook.GetProperty("deadLetter"), "reason"));
    }

    [Fact]
    public async Task Webhook_in_memory_says_that_it_does_not_know_what_was_delivered()
    {
        await using var server = await RunningServer.StartAsync();
        using var accepted = await server.PostAsync($$"""{"type":"a","id":"{{Id}}"}""");
        await UntilDelivered(server, "demo");

        var webhook = Only(await WhyAsync(server, $"{Id}&type=a"));

        Assert.Equal("unknown", Text(webhook, "fate"));
        Assert.StartsWith("No attempts are kept", Assert.Single(Texts(webhook, "notKnown")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "event is ''")]
    [InlineData("?event=a%20b", "event is 'a b'")]
    [InlineData("?event=a&type=a..b", "type is 'a..b'")]
    [InlineData("?event=a&wehbook=x", "The query has 'wehbook'")]
    public async Task Question_that_is_none_is_told_what_is_accepted(string query, string fault)
    {
        await using var server = await RunningServer.StartAsync();
        using var response = await server.Client.GetAsync(new Uri($"/api/why{query}", UriKind.Relative));

        var problem = await EventsEndpointTests.ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.StartsWith(fault, Text(problem, "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhook_that_does_not_run_is_not_found()
    {
        await using var server = await RunningServer.StartAsync();
        using var response = await server.Client.GetAsync(new Uri("/api/why?event=1&webhook=nobody", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Verb_prints_what_became_of_the_event_at_each_webhook()
    {
        await using var server = await StartAsync(Webhook("waits", "auth.*") + Webhook("excludes", "*", "!auth.success"));
        using var accepted = await server.PostAsync($$"""{"type":"auth.success","id":"{{Id}}"}""");
        var cli = new Cli();

        Assert.Equal(0, await cli.RunAsync("why", Id, "--url", $"{server.Url}"));

        Assert.Equal($"event {Id}, auth.success", cli.Out.Lines[0]);
        Assert.Equal("excludes: excluded. As it is configured now, !auth.success keeps the type of the event away.", cli.Out.Lines[1]);
        Assert.Equal(["  matched by *", "  kept away by !auth.success"], cli.Out.Lines.Skip(2).Take(2));
        Assert.StartsWith("waits: waiting. It ", cli.Out.Lines[4], StringComparison.Ordinal);
        Assert.Equal("  matched by auth.*", cli.Out.Lines[5]);

        Assert.Equal(2, await cli.RunAsync("why", "a b", "--url", $"{server.Url}"));
        Assert.Equal(1, await cli.RunAsync("why", Id, "--webhook", "nobody", "--url", $"{server.Url}"));
    }

    private static string Webhook(string id, params string[] patterns) =>
        $"[webhook.{id}]\nurl = \"http://127.0.0.1:1/\"\nevents = [ {string.Join(", ", patterns.Select(pattern => $"\"{pattern}\""))} ]\n";

    private static JsonElement Only(JsonElement why) => Assert.Single(why.GetProperty("webhooks").EnumerateArray());

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static string[] Texts(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];

    private static async Task<JsonElement> WhyAsync(RunningServer server, string query)
    {
        using var response = await server.Client.GetAsync(new Uri($"/api/why?event={query}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await RunningServer.JsonOf(response);
    }

    private static async Task<JsonElement> WhyUntilAsync(RunningServer server, string query, string fate)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var why = await WhyAsync(server, query);
            if (Text(Only(why), "fate") == fate)
                return why;
            Assert.True(Stopwatch.GetElapsedTime(since) < Patience, why.GetRawText());
            await Task.Delay(Interval);
        }
    }

    private static async Task UntilDelivered(RunningServer server, string id)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var webhook = JsonSerializer.Deserialize<JsonElement>(
                await server.Client.GetByteArrayAsync(new Uri($"/api/webhooks/{id}", UriKind.Relative)));
            if (webhook.GetProperty("delivered").GetInt32() == 1)
                return;
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
