using System.Net;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Api;

public sealed class ReloadEndpointTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly Cli _cli = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Reload_says_what_changed_by_it()
    {
        await using var server = await StartAsync(Webhook("stays") + Webhook("goes") + Webhook("changes"));
        _folder.Write("webhooks.toml", Webhook("stays") + Webhook("comes") + Webhook("changes") + "auth.token = \"t\"");

        using var response = await server.Client.PostAsync(new Uri("/api/reload", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.StartsWith("""{"added":["comes"],"removed":["goes"],"changed":["changes"],"warnings":[""", answer, StringComparison.Ordinal);
        Assert.Contains("auth.token is sent over http", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reload_of_a_file_with_errors_is_refused_with_every_one_and_changes_nothing()
    {
        await using var server = await StartAsync(Webhook("stays"));
        var file = _folder.Write("webhooks.toml", "[webhook.a]\nurl = 1\nevents = 2\n");

        using var response = await server.Client.PostAsync(new Uri("/api/reload", UriKind.Relative), null);

        var problem = await EventsEndpointTests.ProblemAsync(response, HttpStatusCode.UnprocessableEntity);
        var errors = problem.GetProperty("errors").EnumerateArray().Select(error => error.GetString()!).ToArray();
        Assert.Equal(2, errors.Length);
        Assert.StartsWith($"{file}:2:7: url", errors[0], StringComparison.Ordinal);
        Assert.StartsWith($"{file}:3:10: events", errors[1], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync(new Uri("/api/webhooks/stays", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Demo_has_no_file_to_read()
    {
        await using var server = await RunningServer.StartAsync();

        using var response = await server.Client.PostAsync(new Uri("/api/reload", UriKind.Relative), null);

        var problem = await EventsEndpointTests.ProblemAsync(response, HttpStatusCode.UnprocessableEntity);
        Assert.Contains("did not come from a file", Assert.Single(problem.GetProperty("errors").EnumerateArray()).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verb_prints_what_changed_a_line_for_each_and_errors_on_standard_error()
    {
        await using var server = await StartAsync(Webhook("stays") + Webhook("goes"));

        _folder.Write("webhooks.toml", Webhook("stays") + Webhook("comes"));
        Assert.Equal(0, await _cli.RunAsync("reload", "--url", $"{server.Url}"));
        Assert.Equal(0, await _cli.RunAsync("reload", "--url", $"{server.Url}"));
        Assert.Equal(["added comes", "removed goes", "Nothing has changed."], _cli.Out.Lines);

        var file = _folder.Write("webhooks.toml", "[webhook.a]\nurl = 1\nevents = 2\n");
        Assert.Equal(1, await _cli.RunAsync("reload", "--url", $"{server.Url}"));
        Assert.Equal(3, _cli.Error.Lines.Count);
        Assert.StartsWith("Refused with 422: Nothing was changed", _cli.Error.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{file}:2:7: url", _cli.Error.Lines[1], StringComparison.Ordinal);
        Assert.StartsWith($"{file}:3:10: events", _cli.Error.Lines[2], StringComparison.Ordinal);
    }

    private static string Webhook(string id) => $"[webhook.{id}]\nurl = \"http://127.0.0.1:1/\"\nevents = \"*\"\n";

    private Task<RunningServer> StartAsync(string toml) => RunningServer.StartAsync(new ServerOptions
    {
        ConfigFile = _folder.Write("webhooks.toml", toml),
        // The folder is not looked at within the test, so that what is seen is what was asked for.
        Hocon = Akka.Configuration.ConfigurationFactory.ParseString("actor-webhooks { reload-quiet-time = 1h, drain-timeout = 100ms }"),
    });
}
