using System.Net;
using System.Text;
using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Durability.Rules;

namespace ActorWebhooks.Server.Tests.Clustering.Harness;

/// <summary>
/// Sends events to one node, one request after the other, each until it is accepted: again after a refusal, and to the next life of the node
/// when this one has gone.
/// </summary>
/// <param name="webhook">The one to send to; null for all.</param>
/// <param name="pause">After each request that was accepted.</param>
internal sealed class Sender(int number, string? webhook, int mostEvents, TimeSpan pause, KilledServer server, Clock clock)
{
    // Shorter than what the server asks for: the test waits for it.
    private static readonly TimeSpan PauseAfterRefusal = TimeSpan.FromMilliseconds(100);

    private readonly Random _random = new(number);
    private readonly List<SentPost> _posts = [];
    private int _life;

    /// <summary>When it has ended.</summary>
    public IReadOnlyList<SentPost> Posts => _posts;

    public async Task RunAsync(CancellationToken stop)
    {
        // A node that hangs answers when it goes on.
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        for (var next = 0; !stop.IsCancellationRequested; next += _posts[^1].Post.Count)
        {
            var post = new Post(number, next, _random.Next(1, mostEvents + 1), IsAccepted: false);
            _posts.Add(new SentPost(post, webhook, clock.Tick(), null, server.FirstName + _life));
            try
            {
                while (_posts[^1].Accepted is null)
                    _posts[^1] = await SendAsync(http, _posts[^1], stop);
                await Task.Delay(pause, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task<SentPost> SendAsync(HttpClient http, SentPost sent, CancellationToken stop)
    {
        // There may be no next life.
        if (await server.UrlOf(_life).WaitAsync(stop) is not { } url)
        {
            _life++;
            return sent;
        }

        var post = sent.Post;
        try
        {
            using var content = new StringContent(Write(post), Encoding.UTF8, "application/json");
            using var response = await http.PostAsync(new Uri(url, "/api/events"), content, CancellationToken.None);
            switch (response.StatusCode)
            {
                case HttpStatusCode.Accepted:
                    return sent with { Post = post with { IsAccepted = true }, Accepted = clock.Tick(), Life = server.FirstName + _life };
                case HttpStatusCode.ServiceUnavailable:
                    _posts[^1] = sent = sent with { Post = post with { Refusals = post.Refusals + 1 } };
                    await Task.Delay(PauseAfterRefusal, stop);
                    return sent;
                default:
                    throw new InvalidOperationException($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(CancellationToken.None)}");
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // It does not come back in this life.
            _life++;
            return e is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } ? sent : sent with { Post = post with { Cuts = post.Cuts + 1 } };
        }
    }

    private string Write(Post post)
    {
        var type = webhook is null ? Hooks.ForAll : Hooks.OnlyFor(webhook);
        return $"[{string.Join(',', post.Events.Select(key => $$"""{"type":"{{type}}","id":"{{key}}","data":{"text":"the data of {{key}}"} }"""))}]";
    }
}
