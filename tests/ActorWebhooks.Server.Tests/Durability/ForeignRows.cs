using System.Net;
using System.Net.Http.Json;
using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Durability.Rules;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Durability;

/// <summary>A server on a journal in which somebody has put rows that name serializers of Akka, or none that there is.</summary>
internal static class ForeignRows
{
    private const int FirstForeign = 2;

    /// <summary>Newtonsoft starts a watcher of the file system for this, which has a handle that can be seen from outside.</summary>
    private const string Json = """{"$type":"System.IO.FileSystemWatcher, System.IO.FileSystem.Watcher","Path":"/tmp","EnableRaisingEvents":true}""";

    private const string Type = "System.IO.FileSystemWatcher, System.IO.FileSystem.Watcher";

    private static readonly string DeepPointer = $"System.Int32{new string('*', 20_000)}";

    private static readonly string DeepArray = $"System.Int32{string.Concat(Enumerable.Repeat("[]", 20_000))}";

    /// <summary>What no webhook wrote, and what Akka makes of it without hardening.</summary>
    private static readonly (int? Serializer, string? Manifest, string Message)[] Foreign =
    [
        (1, Type, Json), // The object that it names.
        (1, "", Json),
        (999, "x", "whatever"), // A SerializationException: there is no such serializer.
        (null, Type, Json), // The serializer of the type that is named.
        (null, "Nowhere.Type, Nowhere", "x"), // Other exceptions.
        (null, null, "x"),
        (null, DeepPointer, "x"), // Looking that up overflows the stack.
        (null, DeepArray, "x"), // Looking that up takes gigabytes.
        (4, DeepPointer, "x"),
        (0, "", "x"), // Null.
        (4, "", "bytes"),
        (7, "Akka.Persistence.Persistent, Akka.Persistence", "not Protobuf"),
        (8, "Akka.Persistence.Serialization.Snapshot, Akka.Persistence", "not Protobuf"),
        (1_742_301, "another", "no row"),
    ];

    /// <param name="put">Puts such a row in the place of one with this number: number, identifier, manifest and message.</param>
    /// <param name="longestManifest">That the database takes.</param>
    public static async Task AreDamagedAndBuildNothingAsync(
        IReadOnlyList<string> arguments, Func<Task<IReadOnlyList<long>>> rowsOfDown, Func<long, int?, string?, string, Task> put,
        int longestManifest = int.MaxValue)
    {
        var posts = Enumerable.Range(0, FirstForeign + (2 * Foreign.Length) + 1).Select(i => new Post(0, i, Count: 1)).ToArray();
        var endpoints = new Endpoints(seed: 0);
        using var folder = new Folder();
        await using var receiver = await RecordingReceiver.StartAsync(webhook => Task.FromResult(endpoints.AnswerOf(webhook)));
        using var server = new KilledServer(["--config", folder.Write("webhooks.toml", Endpoints.ToToml(receiver.UrlOf)), .. arguments]);
        server.Start();
        foreach (var post in posts)
            await SendAsync(await server.UrlAsync(), post);
        var watchers = WatchersOf(server.Process.Id);
        await server.KillAsync();
        var rows = await rowsOfDown();
        Assert.Equal(posts.Length, rows.Count);
        for (var i = 0; i < Foreign.Length; i++)
            await put(rows[FirstForeign + (2 * i)], Foreign[i].Serializer, Shortened(Foreign[i].Manifest, longestManifest), Foreign[i].Message);
        endpoints.Mend();
        server.Start();

        using var api = new WebhooksApi(await server.UrlAsync());
        var account = await Patience.Until(() => api.AccountAsync(Endpoints.Down), account => account is { IsStarting: false, Waiting: 0 });

        Assert.Equal(
            posts.Where((_, i) => i < FirstForeign || (i - FirstForeign) % 2 != 0 || i == posts.Length - 1).SelectMany(post => post.Events),
            receiver.Arrivals.Where(arrival => arrival is { Webhook: Endpoints.Down, Answer: Answer.Taken }).SelectMany(arrival => arrival.Events));
        Assert.True(account.Balances, $"{account} does not balance.");
        Assert.Equal(watchers, WatchersOf(server.Process.Id));
    }

    private static string? Shortened(string? text, int most) => text is null || text.Length <= most ? text : text[..most];

    private static int WatchersOf(int process) =>
        Directory.GetFiles($"/proc/{process}/fd").Count(handle => new FileInfo(handle).LinkTarget == "anon_inode:inotify");

    // One event, which waits for the one before it, has a row of its own.
    private static async Task SendAsync(Uri url, Post post)
    {
        using var http = new HttpClient();
        var events = post.Events.Select(key => new { type = "damage.test", id = key.ToString(), data = new { text = $"the data of {key}" } });
        using var response = await http.PostAsJsonAsync(new Uri(url, "/api/events"), events);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }
}
