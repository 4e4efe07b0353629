using System.Diagnostics;
using System.Net;
using System.Text.Json;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Tests.Testing;
using CsCheck;

namespace ActorWebhooks.Server.Tests.Api;

/// <summary>Whatever data an event may have, each place that shows it shows it, and an operator can take one letter away.</summary>
public sealed class AcceptedDataViewsTests : IDisposable
{
    private const int Events = 400;
    private const int PerRequest = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Half surrogate pairs, control characters, terminal sequences, directions of writing, separators of lines.
    private static readonly Gen<string> Text = OneOf(
        "", "a", "é", "\\ud800", "\\udc00x", "\\ud83d\\ude00", "😀", "\\u0000", "\\u001b[31m", "\\u0085", "\u0085", "\u2028", "\u202e", "\\\\", "\\\"", "\\/", "\ufeff", "<script>", "\u007f")
        .Array[0, 6].Select(string.Concat);

    private static readonly Gen<string> Number = OneOf("0", "-0", "1e400", "-1E-400", "123456789012345678901234567890", "0.1", "1E+2");

    private static readonly Gen<string> Value = Gen.Recursive<string>((depth, value) => depth > 4
        ? Number
        : Gen.OneOf(
            Number,
            Text.Select(text => $"\"{text}\""),
            OneOf("true", "false", "null"),
            value.Array[0, 3].Select(items => $"[{string.Join(" ,", items)}]"),
            Gen.Select(Text, value, (name, one) => $"{{\"{name}\":{one}}}"),
            Gen.Select(Text, value, value, (name, one, other) => $"{{\"{name}\" : {one},\"{name}\":{other}}}"),
            Gen.Int[50, 66].Select(depth => new string('[', depth) + new string(']', depth)),
            Gen.Select(Gen.Int[50, 66], value, (depth, one) => string.Concat(Enumerable.Repeat("{\"d\":", depth)) + one + new string('}', depth))));

    private static readonly Gen<string> Data = Gen.Select(Text, Value, (name, value) => $"{{\"{name}\":{value}}}");

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Any_accepted_event_goes_through_every_view()
    {
        var all = Data.Array[Events].Single();
        var listener = new Cli();
        using var stop = new CancellationTokenSource();
        var listening = listener.RunAsync(stop.Token, "listen", "--port", "0");
        await listener.Out.Shows("Ctrl-C");
        await using var server = await StartAsync(listener.Url);
        var (accepted, refused) = await PostAllAsync(server, all);
        Assert.InRange(accepted.Count, Events / 4, Events);

        // What is refused is refused by a rule that is told.
        Assert.All(refused, detail => Assert.Matches("nested|JSON|JSON object|depth", detail));

        await UntilAsync(server, "gone", webhook => webhook.GetProperty("dead").GetInt32() == accepted.Count);
        await UntilAsync(server, "shown", webhook => webhook.GetProperty("delivered").GetInt32() == accepted.Count);

        // The API, by the page: JSON that holds the very data.
        var letters = new List<(string Id, string Data)>();
        for (string? after = ""; after is not null;)
        {
            var text = await server.Client.GetStringAsync(Path($"/gone/dead-letters?limit=37&after={Uri.EscapeDataString(after)}"));
            using var page = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 256 });
            foreach (var letter in page.RootElement.GetProperty("deadLetters").EnumerateArray())
                letters.Add((letter.GetProperty("id").GetString()!, letter.GetProperty("data").GetRawText()));
            after = page.RootElement.GetProperty("next").GetString();
        }

        Assert.Equal(accepted, letters);

        // What listens prints each, and no control character.
        await UntilAsync(() => accepted.All(e => listener.Out.Text.Contains($"\"id\":\"{e.Id}\"", StringComparison.Ordinal)), "listen shows all");
        Assert.DoesNotContain(listener.Out.Text, c => char.IsControl(c) && c is not ('\n' or '\r'));

        // One letter is dropped, one put back, and the others stay.
        using var dropped = await server.Client.DeleteAsync(Path($"/gone/dead-letters?id={accepted[0].Id}"));
        Assert.Equal("""{"dropped":1}""", await dropped.Content.ReadAsStringAsync());
        using var replayed = await server.Client.PostAsync(Path($"/gone/dead-letters/replay?id={accepted[1].Id}&id={accepted[2].Id}"), null);
        Assert.Equal("""{"replayed":2}""", await replayed.Content.ReadAsStringAsync());
        await UntilAsync(server, "gone", webhook => webhook.GetProperty("dead").GetInt32() == accepted.Count - 1);

        await stop.CancelAsync();
        await listening;
    }

    private static async Task<(List<(string Id, string Data)> Accepted, List<string> Refused)> PostAllAsync(RunningServer server, string[] all)
    {
        var accepted = new List<(string, string)>();
        var refused = new List<string>();
        var number = 0;
        foreach (var some in all.Chunk(PerRequest))
        {
            var fine = new List<(string Id, string Data)>();
            foreach (var data in some)
            {
                var id = $"e{number++}";
                using var alone = await server.PostAsync($$"""{"type":"probe","id":"{{id}}","data":{{data}}}""");
                if (alone.StatusCode == HttpStatusCode.Accepted)
                    fine.Add((id, Compact(data)));
                else
                    refused.Add((await EventsEndpointTests.ProblemAsync(alone, HttpStatusCode.BadRequest)).GetProperty("detail").GetString()!);
            }

            // Once more, as others have them, in one request.
            var body = string.Join(',', fine.Select(e => $$"""{"type":"gone.{{e.Id}}","id":"{{e.Id}}","data":{{e.Data}}}"""));
            using var together = await server.PostAsync($"[{body}]");
            Assert.Equal(HttpStatusCode.Accepted, together.StatusCode);
            accepted.AddRange(fine);
        }

        return (accepted, refused);
    }

    private Task<RunningServer> StartAsync(string listenUrl) => RunningServer.StartAsync(new ServerOptions
    {
        ConfigFile = _folder.Write("webhooks.toml", $"""
            [webhook.gone]
            url = "http://127.0.0.1:1/"
            events = "gone.*"
            throttle = "0s"
            discard-after = "1s"
            retry.max = "1s"

            [webhook.shown]
            url = "{listenUrl}"
            events = "gone.*"
            throttle = "0s"
            """),
        Hocon = Akka.Configuration.ConfigurationFactory.ParseString("actor-webhooks.drain-timeout = 100ms"),
    });

    // Space between tokens is not kept.
    private static string Compact(string data) => data.Replace(" ,", ",", StringComparison.Ordinal).Replace("\" : ", "\":", StringComparison.Ordinal);

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static Uri Path(string path) => new($"/api/webhooks{path}", UriKind.Relative);

    private static Task UntilAsync(RunningServer server, string id, Predicate<JsonElement> condition) => UntilAsync(
        async () => condition(JsonSerializer.Deserialize<JsonElement>(await server.Client.GetByteArrayAsync(Path($"/{id}")))), id);

    private static Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), what);

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var since = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < Patience, what);
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }
}
