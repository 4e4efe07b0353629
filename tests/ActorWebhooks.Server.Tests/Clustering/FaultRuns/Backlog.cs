using System.Net;
using System.Text;
using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Durability.Rules;

namespace ActorWebhooks.Server.Tests.Clustering.FaultRuns;

/// <summary>Fills one webhook whose endpoint is down.</summary>
internal static class Backlog
{
    // A number that no sender has.
    private const int Producer = 1_000_000;
    private const int EventsOfPost = 1_000;

    /// <returns>What was accepted.</returns>
    public static async Task<IReadOnlyList<SentPost>> FillAsync(ServerCluster cluster, KilledServer server, string webhook, int events)
    {
        var url = new Uri(await server.UrlAsync(), "/api/events");
        using var http = new HttpClient();
        var posts = new List<SentPost>();
        for (var first = 0; first < events; first += EventsOfPost)
        {
            var post = new Post(Producer, first, EventsOfPost);
            var begun = cluster.Clock.Tick();
            while (await IsRefusedAsync(http, url, post, webhook))
            {
                post = post with { Refusals = post.Refusals + 1 };
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }

            posts.Add(new SentPost(post, webhook, begun, cluster.Clock.Tick(), server.Name));
        }

        return posts;
    }

    private static async Task<bool> IsRefusedAsync(HttpClient http, Uri url, Post post, string webhook)
    {
        var lines = string.Join('\n', post.Events.Select(key => $$"""{"type":"{{Hooks.OnlyFor(webhook)}}","id":"{{key}}","data":{} }"""));
        using var content = new StringContent(lines, Encoding.UTF8, "application/x-ndjson");
        using var response = await http.PostAsync(url, content);
        if (response.StatusCode is not (HttpStatusCode.Accepted or HttpStatusCode.ServiceUnavailable))
            throw new InvalidOperationException($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return response.StatusCode == HttpStatusCode.ServiceUnavailable;
    }
}
