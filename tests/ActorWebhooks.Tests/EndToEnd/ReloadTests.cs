using System.Collections.Concurrent;
using ActorWebhooks.Delivery;
using ActorWebhooks.Routing;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;
using Akka.Hosting;

namespace ActorWebhooks.Tests.EndToEnd;

public sealed class ReloadTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actor-webhooks-");

    private string ConfigFile => Path.Combine(_folder.FullName, "webhooks.toml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("in place")]
    [InlineData("by renaming")]
    [InlineData("deleted and made anew")]
    [InlineData("linked as a mounted volume is")]
    public async Task File_that_changes_is_read_by_itself(string how)
    {
        await using var receiver = await Receiver.StartAsync();
        if (how.StartsWith("linked", StringComparison.Ordinal))
            LinkAsMounted(Toml(receiver, "before"));
        else
            await File.WriteAllTextAsync(ConfigFile, Toml(receiver, "before"));
        await using var host = await StartAsync();

        switch (how)
        {
            case "in place":
                await File.WriteAllTextAsync(ConfigFile, Toml(receiver, "after"));
                break;
            case "by renaming":
                await File.WriteAllTextAsync(ConfigFile + "~", Toml(receiver, "after"));
                File.Move(ConfigFile + "~", ConfigFile, overwrite: true);
                break;
            case "deleted and made anew":
                File.Delete(ConfigFile);
                await File.WriteAllTextAsync(ConfigFile, Toml(receiver, "after"));
                break;
            default:
                LinkAsMounted(Toml(receiver, "after"));
                break;
        }

        await Eventually.Equal("after", async () => string.Join(',', await RunningIds(host)));
    }

    [Fact]
    public async Task Every_field_takes_effect_on_a_live_webhook()
    {
        await using var before = await Receiver.StartAsync();
        await using var after = await Receiver.StartAsync();
        await File.WriteAllTextAsync(ConfigFile, $"""
            [webhook.audit]
            url = "{before.Url}"
            events = "old.*"
            throttle = "1h"
            """);
        await using var host = await StartAsync();
        host.Router.Tell(Some.Event("1", "old.type"));
        await Eventually.Equal(1, () => before.Requests.Count);
        host.Router.Tell(Some.Event("2", "old.type"));

        await Reload(host, $"""
            [webhook.audit]
            url = "{after.Url}"
            events = "new.*"
            throttle = 0
            signature-key = "new-key"
            headers = [ "X-New: yes" ]
            auth.token = "new-token"
            batch.max-events = 1
            """);
        host.Router.Tell(Some.Event("3", "old.type"));
        host.Router.Tell(new WebhookEvents([Some.Event("4", "new.type"), Some.Event("5", "new.type")]));
        await Eventually.Equal(3, () => after.Requests.Count);

        Assert.Equal(["2", "4", "5"], after.EventIds);
        Assert.Equal(["1"], before.EventIds);
        Assert.All(after.Requests, request =>
        {
            Assert.Equal(("yes", "Bearer new-token"), (request.Headers["X-New"], request.Headers["Authorization"]));
            Assert.True(WebhookSignature.Verify(request.Body, request.Headers["X-Signature"], "new-key"));
        });
    }

    [Fact]
    public async Task Webhooks_that_come_and_go_and_change_under_load_lose_nothing_and_repeat_nothing()
    {
        await using var steady = await Receiver.StartAsync();
        await using var restless = await Receiver.StartAsync();
        string[] variants =
        [
            Toml(steady, "steady"),
            Toml(steady, "steady") + Toml(restless, "restless"),
            Toml(steady, "steady", "batch.max-events = 7") + Toml(restless, "restless", "throttle = \"20ms\""),
            Toml(steady, "steady", "throttle = \"5ms\"") + Toml(restless, "restless", "enable = false"),
        ];
        await File.WriteAllTextAsync(ConfigFile, variants[1]);
        await using var host = await StartAsync();
        using var enough = new CancellationTokenSource();
        var load = Task.Run(() => PublishUntil(host, enough.Token));

        for (var round = 0; round < 40; round++)
            await Reload(host, variants[round % variants.Length]);
        await enough.CancelAsync();
        var (published, copies) = await load;

        await Eventually.Equal(published, () => steady.EventIds.Count());
        await Eventually.Equal(copies, () => steady.EventIds.Count() + restless.EventIds.Count());
        Assert.Equal(Enumerable.Range(0, published).Select(i => $"{i}"), steady.EventIds);
        var heard = restless.EventIds.Select(id => int.Parse(id, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(heard.Order().Distinct(), heard);
        Assert.NotEmpty(heard);
    }

    [Fact]
    public async Task Removed_webhook_delivers_what_it_holds()
    {
        await using var receiver = await Receiver.StartAsync();
        await File.WriteAllTextAsync(ConfigFile, Toml(receiver, "audit", "throttle = \"1h\""));
        await using var host = await StartAsync();
        host.Router.Tell(Some.Event("1"));
        await Eventually.Equal(1, () => receiver.Requests.Count);
        await host.Publisher.PublishAsync(new WebhookEvents([Some.Event("2"), Some.Event("3")]));

        await Reload(host, "# no webhooks");

        await Eventually.Equal(3, () => receiver.EventIds.Count());
        Assert.Equal(["1", "2", "3"], receiver.EventIds);
        await Eventually.Equal(0, async () => (await RunningIds(host)).Length);
    }

    [Fact]
    public async Task Bad_file_changes_nothing_and_what_is_wrong_with_it_is_in_the_status()
    {
        await using var receiver = await Receiver.StartAsync();
        await File.WriteAllTextAsync(ConfigFile, Toml(receiver, "audit"));
        await using var host = await StartAsync();

        await File.WriteAllTextAsync(ConfigFile, "[webhook.audit]\nevents = 5\n");
        var reloaded = await host.Router.Ask<WebhooksReloaded>(ReloadWebhooks.Instance, Patience);
        host.Router.Tell(Some.Event("1"));

        await Eventually.Equal(1, () => receiver.Requests.Count);
        Assert.Equal(2, reloaded.Errors.Count);
        Assert.Equal(reloaded.Errors, (await StatusOf(host)).ConfigurationErrors);
        await Reload(host, Toml(receiver, "audit"));
        Assert.Empty((await StatusOf(host)).ConfigurationErrors);
    }

    [Fact]
    public async Task File_that_became_empty_takes_no_webhook_away_unless_it_says_that_this_is_meant()
    {
        await using var receiver = await Receiver.StartAsync();
        await File.WriteAllTextAsync(ConfigFile, Toml(receiver, "audit"));
        await using var host = await StartAsync();

        await File.WriteAllTextAsync(ConfigFile, "");
        var reloaded = await host.Router.Ask<WebhooksReloaded>(ReloadWebhooks.Instance, Patience);
        Assert.Contains("write the line '# no webhooks' into it", Assert.Single(reloaded.Errors), StringComparison.Ordinal);
        Assert.Equal(["audit"], await RunningIds(host));

        await Reload(host, "# no webhooks\n");
        await Eventually.Equal(0, async () => (await RunningIds(host)).Length);
    }

    [Fact]
    public async Task What_is_wrong_with_a_file_is_logged_once_however_often_it_is_read()
    {
        var errors = new ConcurrentQueue<string>();
        await File.WriteAllTextAsync(ConfigFile, "# no webhooks");
        await using var host = await WebhookHost.StartAsync(akka => akka
            .WithWebhooks(ConfigFile)
            .WithActors((system, _) => system.EventStream.Subscribe(
                system.ActorOf(Props.Create(() => new ErrorListener(errors))), typeof(Akka.Event.Error))));

        foreach (var bad in new[] { "[servers]", "[servers]", "[servers]", "[stores]", "[stores]" })
        {
            await File.WriteAllTextAsync(ConfigFile, bad);
            Assert.Single((await host.Router.Ask<WebhooksReloaded>(ReloadWebhooks.Instance, Patience)).Errors);
        }

        await Eventually.Equal(2, () => errors.Count);
        Assert.Equal(["server", "store"], errors.Select(error => error.Contains("server", StringComparison.Ordinal) ? "server" : "store"));
    }

    [Fact]
    public async Task Reload_says_which_webhooks_were_added_removed_and_changed_to_all_who_asked()
    {
        await using var receiver = await Receiver.StartAsync();
        await File.WriteAllTextAsync(ConfigFile, Toml(receiver, "stays") + Toml(receiver, "changes") + Toml(receiver, "goes"));
        await using var host = await StartAsync();

        await File.WriteAllTextAsync(
            ConfigFile, Toml(receiver, "comes") + Toml(receiver, "changes", "enable = false\nauth.token = \"t\"") + Toml(receiver, "stays"));
        var reloaded = await host.Router.Ask<WebhooksReloaded>(ReloadWebhooks.Instance, Patience);

        Assert.Equal(["comes"], reloaded.Added);
        Assert.Equal(["goes"], reloaded.Removed);
        Assert.Equal(["changes"], reloaded.Changed);
        Assert.Contains("auth.token is sent over http", Assert.Single(reloaded.Warnings), StringComparison.Ordinal);
        Assert.Empty(reloaded.Errors);
        var again = await host.Router.Ask<WebhooksReloaded>(ReloadWebhooks.Instance, Patience);
        Assert.Empty(again.Added.Concat(again.Removed).Concat(again.Changed));
    }

    [Fact]
    public async Task What_may_be_a_mistake_is_logged_once_at_the_start_and_once_at_a_reload_that_brings_another()
    {
        var warnings = new ConcurrentQueue<string>();
        await File.WriteAllTextAsync(ConfigFile, Toml("first"));
        await using var host = await WebhookHost.StartAsync(akka => akka
            .WithActors((system, _) => system.EventStream.Subscribe(
                system.ActorOf(Props.Create(() => new WarningListener(warnings))), typeof(Akka.Event.Warning)))
            .WithWebhooks(ConfigFile));

        await Reload(host, Toml("first"));
        await Reload(host, Toml("second"));
        await Reload(host, Toml("second"));

        await Eventually.Equal(2, () => warnings.Count);
        Assert.Equal(["first", "second"], warnings.Select(warning => warning.Split('"')[1]));

        static string Toml(string variable)
        {
            Environment.SetEnvironmentVariable(variable, "key\n");
            return $"[webhook.a]\nurl = \"https://example.com/\"\nevents = \"*\"\nsignature-key = \"%{{env:{variable}}}%\"\n";
        }
    }

    [Fact]
    public async Task Reload_of_the_same_file_does_not_wake_an_endpoint_that_is_gone_and_a_change_does()
    {
        var status = 410;
        await using var receiver = await Receiver.StartAsync(_ => Volatile.Read(ref status));
        await File.WriteAllTextAsync(ConfigFile, Toml(receiver, "audit"));
        await using var host = await StartAsync();
        host.Router.Tell(Some.Event("1"));
        await Eventually.Equal(WebhookState.Gone, async () => (await StatusOf(host)).Webhooks[0].State);
        Volatile.Write(ref status, 200);

        await Reload(host, Toml(receiver, "audit"));
        Assert.Equal(WebhookState.Gone, (await StatusOf(host)).Webhooks[0].State);
        await Reload(host, Toml(receiver, "audit", "headers = [ \"X-A: b\" ]"));
        await host.Publisher.PublishAsync(Some.Event("2"));

        await Eventually.Equal(2, () => receiver.EventIds.Count());
        Assert.Equal(1, (await StatusOf(host)).Webhooks[0].Dead);
    }

    [Fact]
    public async Task Wait_that_another_endpoint_asked_for_ends_when_the_url_is_corrected()
    {
        await using var wrong = RoughReceiver.Answering(_ => Answers.Status(429, "Retry-After: 1800\r\n"));
        await using var right = await Receiver.StartAsync();
        await File.WriteAllTextAsync(ConfigFile, Toml(right, "audit").Replace($"{right.Url}", $"{wrong.Url}", StringComparison.Ordinal));
        await using var host = await StartAsync();
        await host.Publisher.PublishAsync(Some.Event("1"));
        await Eventually.Equal(WebhookState.BackingOff, async () => (await StatusOf(host)).Webhooks[0].State);

        await Reload(host, Toml(right, "audit"));

        await Eventually.Equal("1", () => string.Join(',', right.EventIds));
        Assert.Equal(0, (await StatusOf(host)).Webhooks[0].Failures);
    }

    [Fact]
    public async Task Configuration_that_is_not_from_a_file_cannot_be_read_again()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver));

        Assert.Single((await host.Router.Ask<WebhooksReloaded>(ReloadWebhooks.Instance, Patience)).Errors);
    }

    private static string Toml(Receiver receiver, string id, string more = "") => $"""

        [webhook."{id}"]
        url = "{receiver.Url}"
        events = "*"
        {(more.Contains("throttle", StringComparison.Ordinal) ? "" : "throttle = \"2ms\"")}
        {more}

        """;

    private static async Task<(int Published, int Copies)> PublishUntil(WebhookHost host, CancellationToken enough)
    {
        var (published, copies) = (0, 0);
        while (!enough.IsCancellationRequested)
        {
            var receipt = await host.Publisher.PublishAsync(Some.Event($"{published++}"), CancellationToken.None);
            Assert.True(receipt.IsAccepted);
            copies += receipt.Accepted;
        }

        return (published, copies);
    }

    private static Task<WebhooksStatus> StatusOf(WebhookHost host) => host.Router.Ask<WebhooksStatus>(new GetWebhooks(), Patience);

    private static async Task<string[]> RunningIds(WebhookHost host) =>
        [.. (await StatusOf(host)).Webhooks.Select(webhook => webhook.WebhookId)];

    private Task<WebhookHost> StartAsync() => WebhookHost.StartAsync(options => options.WithWebhooks(ConfigFile));

    private async Task Reload(WebhookHost host, string toml)
    {
        await File.WriteAllTextAsync(ConfigFile, toml);
        Assert.Empty((await host.Router.Ask<WebhooksReloaded>(ReloadWebhooks.Instance, Patience)).Errors);
    }

    // Kubernetes: file -> ..data/file, ..data -> a folder of this version, made anew for each version.
    private void LinkAsMounted(string toml)
    {
        var version = _folder.CreateSubdirectory($"..{Guid.NewGuid():N}");
        File.WriteAllText(Path.Combine(version.FullName, "webhooks.toml"), toml);
        var data = Path.Combine(_folder.FullName, "..data");
        if (Directory.Exists(data))
            Directory.Delete(data);
        Directory.CreateSymbolicLink(data, version.Name);
        if (!File.Exists(ConfigFile))
            File.CreateSymbolicLink(ConfigFile, Path.Combine("..data", "webhooks.toml"));
    }

    private sealed class WarningListener(ConcurrentQueue<string> warnings) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            var warning = ((Akka.Event.Warning)message).Message.ToString()!;
            if (warning.Contains("warning: ", StringComparison.Ordinal))
                warnings.Enqueue(warning);
        }
    }

    private sealed class ErrorListener(ConcurrentQueue<string> errors) : UntypedActor
    {
        protected override void OnReceive(object message) => errors.Enqueue(((Akka.Event.Error)message).ToString());
    }
}
