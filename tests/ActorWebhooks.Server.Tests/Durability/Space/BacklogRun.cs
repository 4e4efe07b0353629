using System.Net.Http.Json;
using System.Security.Cryptography;
using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Durability.Rules;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Durability.Space;

/// <summary>A real server with one webhook that is paused while a backlog gathers, and then delivers it.</summary>
internal sealed class BacklogRun : IAsyncDisposable
{
    private const string Webhook = "backlog";
    private const int EventsInPost = 20;
    private const int BytesOfEvent = 10_000;

    private readonly Folder _folder = new();
    private readonly HttpClient _http = new();
    private RecordingReceiver? _receiver;
    private KilledServer? _server;
    private int _sent;

    /// <param name="store">Where it keeps events.</param>
    public static async Task<BacklogRun> StartAsync(params string[] store)
    {
        var run = new BacklogRun();
        run._receiver = await RecordingReceiver.StartAsync(_ => Task.FromResult(Answer.Taken));
        var config = run._folder.Write("webhooks.toml", $$"""
            [webhook.{{Webhook}}]
            url = "{{run._receiver.UrlOf(Webhook)}}"
            events = "*"
            throttle = 0
            batch.max-bytes = "4MiB"
            signature-key = "{{RecordingReceiver.Key}}"
            signature-scheme = "standard"
            headers = [ "{{RecordingReceiver.LifeHeader}}: %{env:{{KilledServer.LifeVariable}}}%" ]
            """);
        run._server = new KilledServer(["--config", config, .. store]);
        run._server.Start();
        run._http.BaseAddress = await run._server.UrlAsync();
        return run;
    }

    /// <summary>Accepts events that wait.</summary>
    /// <param name="megabytes">Of their data, which does not compress.</param>
    public async Task GatherAsync(int megabytes)
    {
        await OrderAsync("pause");
        for (var post = 0; post < megabytes * 1_000_000 / (EventsInPost * BytesOfEvent); post++)
        {
            var events = Enumerable.Range(_sent, EventsInPost).Select(number => new
            {
                type = "space.test",
                id = new EventKey(0, number).ToString(),
                data = new { text = Convert.ToBase64String(RandomNumberGenerator.GetBytes(BytesOfEvent * 3 / 4)) },
            });
            using var response = await _http.PostAsJsonAsync("/api/events", events);
            Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
            _sent += EventsInPost;
        }
    }

    /// <summary>Delivers everything.</summary>
    public async Task DeliverAsync()
    {
        await OrderAsync("resume");
        using var api = new WebhooksApi(_http.BaseAddress!);
        await Patience.Until(() => api.AccountAsync(Webhook), account => account is { IsStarting: false, Waiting: 0 });
        Assert.Equal(_sent, _receiver!.Arrivals.SelectMany(arrival => arrival.Events).Distinct().Count());
    }

    public async ValueTask DisposeAsync()
    {
        _server?.Dispose();
        _http.Dispose();
        if (_receiver is not null)
            await _receiver.DisposeAsync();
        _folder.Dispose();
    }

    private async Task OrderAsync(string order)
    {
        using var response = await _http.PostAsync(new Uri($"/api/webhooks/{Webhook}/{order}", UriKind.Relative), null);
        response.EnsureSuccessStatusCode();
    }
}
