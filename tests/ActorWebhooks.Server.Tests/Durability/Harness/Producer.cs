using System.Net;
using System.Text;
using System.Text.Json;
using ActorWebhooks.Server.Tests.Durability.Rules;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Durability.Harness;

/// <summary>
/// Sends events, one request after the other, each until it is accepted: through kills to the next life, and after a refusal again.
/// </summary>
/// <param name="accepted">Called for each request that was accepted.</param>
internal sealed class Producer(int number, int seed, KilledServer server, Action accepted)
{
    private const int MostEvents = 25;
    private const int MostTextBytes = 600;

    // Shorter than what the server asks for: the test waits for it.
    private static readonly TimeSpan PauseAfterRefusal = TimeSpan.FromMilliseconds(50);

    private readonly Random _random = new(seed);
    private readonly List<Post> _posts = [];
    private int _next;
    private int _life;
    private volatile int _refusals;

    public IReadOnlyList<Post> Posts => _posts;

    /// <summary>How often it was refused so far.</summary>
    public int Refusals => _refusals;

    public async Task RunAsync(CancellationToken stop)
    {
        using var http = new HttpClient();
        while (!stop.IsCancellationRequested)
        {
            var post = new Post(number, _next, _random.Next(1, MostEvents + 1), IsAccepted: false);
            _next += post.Count;
            _posts.Add(post);
            var (body, contentType) = Write(post);
            while (!post.IsAccepted)
            {
                post = await SendAsync(http, post, body, contentType);
                _posts[^1] = post;
            }

            accepted();
        }
    }

    private async Task<Post> SendAsync(HttpClient http, Post post, byte[] body, string contentType)
    {
        if (await server.UrlOf(_life).Patiently() is not { } url)
        {
            _life++;
            return post;
        }

        try
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new(contentType);
            using var response = await http.PostAsync(new Uri(url, "/api/events"), content).Patiently();
            var answer = await response.Content.ReadAsStringAsync();
            return response.StatusCode switch
            {
                HttpStatusCode.Accepted when Names(answer, post) => post with { IsAccepted = true },
                HttpStatusCode.ServiceUnavailable => await RefusedAsync(post),
                _ => throw new InvalidOperationException($"{(int)response.StatusCode} {answer}"),
            };
        }
        catch (HttpRequestException e)
        {
            // Only a kill does that, so that the next life is to come.
            _life++;
            return e.HttpRequestError == HttpRequestError.ConnectionError ? post : post with { Cuts = post.Cuts + 1 };
        }
    }

    private async Task<Post> RefusedAsync(Post post)
    {
        _refusals++;
        await Task.Delay(PauseAfterRefusal);
        return post with { Refusals = post.Refusals + 1 };
    }

    private static bool Names(string answer, Post post)
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("ids").EnumerateArray().Select(id => EventKey.Parse(id.GetString()!)).SequenceEqual(post.Events);
    }

    private (byte[] Body, string ContentType) Write(Post post)
    {
        var events = post.Events.Select(
            key => $$"""{"type":"crash.test","id":"{{key}}","data":{"text":"{{new string('x', _random.Next(MostTextBytes))}}"} }""");
        return _random.Next(2) == 0
            ? (Encoding.UTF8.GetBytes(string.Join('\n', events)), "application/x-ndjson")
            : (Encoding.UTF8.GetBytes($"[{string.Join(',', events)}]"), "application/json");
    }
}
