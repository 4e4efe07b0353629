using System.Net;
using System.Net.Http.Json;
using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Durability.Rules;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Durability;

public sealed class FullDiskTests : IDisposable
{
    private const int EventsInPost = 20;

    // No smaller than what SQLite has made of its files by then.
    private const long Limit = 1024 * 1024;

    private readonly Folder _folder = new();
    private readonly Folder _data = new();
    private readonly Endpoints _endpoints = new(seed: 0);
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task Disk_that_takes_no_more_is_refused_with_503_and_nothing_accepted_is_lost_when_it_does_again()
    {
        await using var receiver = await RecordingReceiver.StartAsync(webhook => Task.FromResult(_endpoints.AnswerOf(webhook)));
        var config = _folder.Write("webhooks.toml", Endpoints.ToToml(receiver.UrlOf));
        using var server = new KilledServer("--config", config, "--data", _data.Path);
        server.Start();
        var url = await server.UrlAsync();
        var accepted = new List<Post> { new(0, 0, EventsInPost) };
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(url, accepted[0])).Status);
        await server.Process.LimitFilesAsync(Limit);

        var sent = 1;
        while (await SendAsync(url, new Post(0, sent * EventsInPost, EventsInPost)) is var answer)
        {
            if (answer.Status != HttpStatusCode.Accepted)
            {
                Assert.Equal((HttpStatusCode.ServiceUnavailable, true), answer);
                break;
            }

            accepted.Add(new Post(0, sent++ * EventsInPost, EventsInPost));
            Assert.InRange(sent, 0, 1_000);
        }

        await server.Process.LimitFilesAsync(null);
        await Patience.Until(
            async () => (await SendAsync(url, new Post(0, ++sent * EventsInPost, EventsInPost))).Status, status => status == HttpStatusCode.Accepted);
        accepted.Add(new Post(0, sent * EventsInPost, EventsInPost));
        _endpoints.Mend();

        using var api = new WebhooksApi(url);
        var account = await Patience.Until(() => api.AccountAsync(Endpoints.Down), account => account is { IsStarting: false, Waiting: 0 });
        Assert.True(account.Balances, $"{account} does not balance.");
        var delivered = receiver.Arrivals
            .Where(arrival => arrival is { Webhook: Endpoints.Down, Answer: Answer.Taken }).SelectMany(arrival => arrival.Events).ToList();

        // Of what was refused, the row that was being written may be there.
        var wanted = accepted.SelectMany(post => post.Events).ToHashSet();
        Assert.Equal(accepted.SelectMany(post => post.Events), delivered.Where(wanted.Contains));
    }

    private async Task<(HttpStatusCode Status, bool SaysWhenToTryAgain)> SendAsync(Uri url, Post post)
    {
        // What does not compress.
        var events = post.Events.Select(key => new
        {
            type = "disk.test",
            id = key.ToString(),
            data = new { text = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(600)) },
        });
        using var response = await _http.PostAsJsonAsync(new Uri(url, "/api/events"), events);
        return (response.StatusCode, response.Headers.RetryAfter is not null);
    }
}
