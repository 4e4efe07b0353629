using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ActorWebhooks.Server.Storage.Sqlite;
using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Durability.Rules;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Durability.DatabaseFile;

/// <summary>A real server on a SQLite file, whose webhook "down" holds what it accepts until <see cref="DeliveredAsync"/>.</summary>
internal sealed class FileRun : IAsyncDisposable
{
    private const int EventsInPost = 20;

    private readonly Folder _folder = new();
    private readonly Endpoints _endpoints = new(seed: 0);
    private readonly HttpClient _http = new();
    private readonly List<Post> _accepted = [];
    private RecordingReceiver? _receiver;
    private KilledServer? _server;
    private Uri? _url;
    private int _sent;

    public string Data => Path.Combine(_folder.Path, "data");

    public string Database => Path.Combine(Data, SqliteStore.FileName);

    public KilledServer Server => _server!;

    public IEnumerable<EventKey> Accepted => _accepted.SelectMany(post => post.Events);

    public static async Task<FileRun> StartAsync()
    {
        var run = new FileRun();
        run._receiver = await RecordingReceiver.StartAsync(webhook => Task.FromResult(run._endpoints.AnswerOf(webhook)));
        var config = run._folder.Write("webhooks.toml", Endpoints.ToToml(run._receiver.UrlOf));
        run._server = new KilledServer("--config", config, "--data", run.Data);
        await run.RestartAsync();
        return run;
    }

    public async Task RestartAsync()
    {
        Server.Start();
        _url = await Server.UrlAsync();
    }

    public async Task<HttpStatusCode> PostAsync()
    {
        var post = new Post(0, _sent++ * EventsInPost, EventsInPost);
        var events = post.Events.Select(key => new { type = "disk.test", id = key.ToString(), data = new { number = key.Number } });
        using var response = await _http.PostAsJsonAsync(new Uri(_url!, "/api/events"), events);
        if (response.StatusCode == HttpStatusCode.Accepted)
            _accepted.Add(post);
        return response.StatusCode;
    }

    public async Task AcceptAsync(int posts)
    {
        for (var i = 0; i < posts; i++)
            Assert.Equal(HttpStatusCode.Accepted, await PostAsync());
    }

    /// <summary>Whether it is ready, and why not.</summary>
    public async Task<(bool IsReady, string Words)> HealthAsync()
    {
        using var response = await _http.GetAsync(new Uri(_url!, "/health/ready"));
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return response.IsSuccessStatusCode ? (true, "") : (false, string.Join(' ', answer.GetProperty("reasons").EnumerateArray()));
    }

    /// <summary>The endpoint takes everything from now on.</summary>
    /// <returns>Of what was accepted, what has come when nothing waits any more.</returns>
    public async Task<IReadOnlyList<EventKey>> DeliveredAsync()
    {
        _endpoints.Mend();
        using var api = new WebhooksApi(_url!);
        var account = await Patience.Until(() => api.AccountAsync(Endpoints.Down), account => account is { IsStarting: false, Waiting: 0 });
        Assert.True(account.Balances, $"{account} does not balance.");
        var wanted = Accepted.ToHashSet();
        return [.. _receiver!.Arrivals
            .Where(arrival => arrival is { Webhook: Endpoints.Down, Answer: Answer.Taken })
            .SelectMany(arrival => arrival.Events)
            .Where(wanted.Contains)];
    }

    public async ValueTask DisposeAsync()
    {
        _server?.Dispose();
        _http.Dispose();
        if (_receiver is not null)
            await _receiver.DisposeAsync();
        _folder.Dispose();
    }
}
