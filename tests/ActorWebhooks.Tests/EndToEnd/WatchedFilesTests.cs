using ActorWebhooks.Routing;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;

namespace ActorWebhooks.Tests.EndToEnd;

/// <summary>Changes of files that the folder of the configuration says nothing of.</summary>
public sealed class WatchedFilesTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly string[] Keys = ["key-1", "key-2"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actor-webhooks-");

    private string ConfigFile => Path.Combine(_folder.FullName, "config", "webhooks.toml");

    private string SecretFile => Path.Combine(_folder.FullName, "secrets", "key");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("written in place")]
    [InlineData("replaced by one that looks the same but for its content")]
    [InlineData("behind a folder that is a link, as Kubernetes mounts secrets")]
    [InlineData("deleted and made anew")]
    public async Task Secret_that_changes_is_used_though_nobody_touches_the_configuration(string how)
    {
        await using var receiver = await Receiver.StartAsync();
        Directory.CreateDirectory(Path.GetDirectoryName(SecretFile)!);
        Directory.CreateDirectory(Path.GetDirectoryName(ConfigFile)!);
        var time = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);
        if (how.StartsWith("behind", StringComparison.Ordinal))
            Mount("key-1");
        else
            Write(SecretFile, "key-1", time);
        await File.WriteAllTextAsync(ConfigFile, Toml(receiver, $"signature-key = \"%{{file:{SecretFile}}}%\""));
        await using var host = await WebhookHost.StartAsync(akka => akka.WithWebhooks(ConfigFile));
        Assert.Equal("key-1", await KeyInUse(host, receiver));

        switch (how)
        {
            case "written in place":
                await File.WriteAllTextAsync(SecretFile, "key-2");
                break;
            case "deleted and made anew":
                File.Delete(SecretFile);
                await Eventually.True(async () => !(await StatusOf(host)).ConfigurationErrors.IsEmpty);
                Write(SecretFile, "key-2", time);
                break;
            case "behind a folder that is a link, as Kubernetes mounts secrets":
                Mount("key-2");
                break;
            default:
                Write(SecretFile + "~", "key-2", time);
                File.Move(SecretFile + "~", SecretFile, overwrite: true);
                break;
        }

        await Eventually.Equal("key-2", () => KeyInUse(host, receiver));

        // Every version has the same length and time; the link in the middle is another one.
        void Mount(string key)
        {
            var version = _folder.CreateSubdirectory($"secrets/..{Guid.NewGuid():N}");
            Write(Path.Combine(version.FullName, "key"), key, time);
            var data = Path.Combine(_folder.FullName, "secrets", "..data");
            Link(data, version.Name);
            if (!File.Exists(SecretFile))
                File.CreateSymbolicLink(SecretFile, Path.Combine("..data", "key"));
        }
    }

    [Theory]
    [InlineData("a link to a file elsewhere that is written")]
    [InlineData("a link that points elsewhere")]
    [InlineData("in a folder that is a link and points elsewhere")]
    [InlineData("two links away")]
    public async Task Configuration_behind_links_is_read_when_what_they_lead_to_is_another(string what)
    {
        await using var receiver = await Receiver.StartAsync();
        var (one, two) = (Release("one", Toml(receiver, "", "before")), Release("two", Toml(receiver, "", "after")));
        var current = Path.Combine(_folder.FullName, "current");
        var isFolder = what.StartsWith("in a folder", StringComparison.Ordinal);
        Link(current, isFolder ? Path.GetDirectoryName(one)! : one);
        var config = isFolder ? Path.Combine(current, "webhooks.toml")
            : what == "two links away" ? Link(ConfigFile, current)
            : current;
        await using var host = await WebhookHost.StartAsync(akka => akka.WithWebhooks(config));
        Assert.Equal("before", await RunningId(host));

        if (what.EndsWith("written", StringComparison.Ordinal))
            await File.WriteAllTextAsync(one, Toml(receiver, "", "after"));
        else
            Link(current, isFolder ? Path.GetDirectoryName(two)! : two);

        await Eventually.Equal("after", () => RunningId(host));
    }

    private static async Task<string> RunningId(WebhookHost host) =>
        string.Join(',', (await StatusOf(host)).Webhooks.Where(webhook => webhook.State != ActorWebhooks.Delivery.WebhookState.Draining).Select(webhook => webhook.WebhookId));

    private static Task<WebhooksStatus> StatusOf(WebhookHost host) => host.Router.Ask<WebhooksStatus>(new GetWebhooks(), Patience);

    private static string Toml(Receiver receiver, string more, string id = "audit") => $"""
        [webhook."{id}"]
        url = "{receiver.Url}"
        events = "*"
        throttle = 0
        {more}
        """;

    private static async Task<string> KeyInUse(WebhookHost host, Receiver receiver)
    {
        var before = receiver.Requests.Count;
        host.Router.Tell(Some.Event(Guid.NewGuid().ToString("N")));
        await Eventually.True(() => receiver.Requests.Count > before);
        var request = receiver.Requests.Last();
        return Keys.Single(key => WebhookSignature.Verify(request.Body, request.Headers["X-Signature"], key));
    }

    private static void Write(string file, string text, DateTime time)
    {
        File.WriteAllText(file, text);
        File.SetLastWriteTimeUtc(file, time);
    }

    private static string Link(string link, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.Delete(link);
        File.CreateSymbolicLink(link, target);
        return link;
    }

    private string Release(string name, string toml)
    {
        var file = Path.Combine(_folder.CreateSubdirectory(name).FullName, "webhooks.toml");
        Write(file, toml, new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc));
        return file;
    }
}
