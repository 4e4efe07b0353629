using System.Net;
using System.Net.Http.Json;
using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Durability.Rules;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Durability;

public sealed class DamagedRowTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly Folder _data = new();
    private readonly Endpoints _endpoints = new(seed: 0);

    public void Dispose()
    {
        _folder.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task Damaged_rows_are_told_and_become_dead_letters_and_everything_else_is_delivered_in_order()
    {
        var posts = Enumerable.Range(0, 12).Select(i => new Post(0, i, Count: 1)).ToArray();
        int[] damaged = [3, 6, 9];
        await using var receiver = await RecordingReceiver.StartAsync(webhook => Task.FromResult(_endpoints.AnswerOf(webhook)));
        var config = _folder.Write("webhooks.toml", Endpoints.ToToml(receiver.UrlOf));
        using var server = new KilledServer("--config", config, "--data", _data.Path);
        server.Start();
        foreach (var post in posts)
            await SendAsync(await server.UrlAsync(), post);

        await server.KillAsync();
        var journal = new JournalFile(_data.Path);
        var rows = await journal.RowsOfAsync(Endpoints.Down);
        Assert.Equal(posts.Length, rows.Count);
        Assert.Equal("1742301 r", await journal.SerializersAsync(Endpoints.Down));
        await journal.DamageAsync(Endpoints.Down, rows[damaged[0]], message => message[..(message.Length / 2)]);
        await journal.DamageAsync(Endpoints.Down, rows[damaged[1]], WithFlippedByte);
        await journal.DamageAsync(Endpoints.Down, rows[damaged[2]], _ => []);
        _endpoints.Mend();
        server.Start();

        using var api = new WebhooksApi(await server.UrlAsync());
        var account = await Patience.Until(() => api.AccountAsync(Endpoints.Down), account => account is { IsStarting: false, Waiting: 0 });
        Assert.True(account.Balances, $"{account} does not balance.");
        Assert.Equal(
            posts.Where((_, i) => !damaged.Contains(i)).SelectMany(post => post.Events),
            receiver.Arrivals.Where(arrival => arrival is { Webhook: Endpoints.Down, Answer: Answer.Taken }).SelectMany(arrival => arrival.Events));
        Assert.All(damaged, i => Assert.Contains(
            server.Process.Error.Lines,
            line => line.Contains($"Webhook {Endpoints.Down}:", StringComparison.Ordinal)
                && line.Contains($" {rows[i]}:", StringComparison.Ordinal)));
        var letters = await api.DeadLettersAsync(Endpoints.Down);
        Assert.Equal(
            Enumerable.Repeat("unreadable", damaged.Length), letters.Select(letter => letter.GetProperty("reason").GetString()));
    }

    [Fact]
    public Task Row_that_names_another_serializer_builds_nothing_and_is_a_damaged_row_like_others() => ForeignRows.AreDamagedAndBuildNothingAsync(
        ["--data", _data.Path],
        () => new JournalFile(_data.Path).RowsOfAsync(Endpoints.Down),
        (row, identifier, manifest, message) => new JournalFile(_data.Path).ReplaceAsync(Endpoints.Down, row, identifier, manifest, message));

    private static byte[] WithFlippedByte(byte[] message)
    {
        message[message.Length / 2] ^= 1;
        return message;
    }

    // One event, which waits for the one before it, has a row of its own. The events of one request may come into several rows.
    private static async Task SendAsync(Uri url, Post post)
    {
        using var http = new HttpClient();
        var events = post.Events.Select(key => new { type = "damage.test", id = key.ToString(), data = new { text = $"the data of {key}" } });
        using var response = await http.PostAsJsonAsync(new Uri(url, "/api/events"), events);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }
}
