using System.Collections.Immutable;
using System.Net.Http.Json;
using System.Text.Json;
using ActorWebhooks.Server.Tests.Durability.Rules;

namespace ActorWebhooks.Server.Tests.Durability.Harness;

/// <summary>What a server says about its webhooks.</summary>
internal sealed class WebhooksApi(Uri url) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = url };

    public async Task<ImmutableArray<Account>> AccountsAsync()
    {
        var answer = await _http.GetFromJsonAsync<JsonElement>("/api/webhooks");
        return [.. answer.GetProperty("webhooks").EnumerateArray().Select(Account.Read)];
    }

    public async Task<Account> AccountAsync(string webhook) => Account.Read(await _http.GetFromJsonAsync<JsonElement>($"/api/webhooks/{webhook}"));

    /// <summary>All of them, page by page.</summary>
    public async Task<ImmutableArray<JsonElement>> DeadLettersAsync(string webhook)
    {
        var letters = ImmutableArray.CreateBuilder<JsonElement>();
        for (var after = ""; after is not null;)
        {
            var page = await _http.GetFromJsonAsync<JsonElement>(
                $"/api/webhooks/{webhook}/dead-letters?limit=1000&after={Uri.EscapeDataString(after)}");
            letters.AddRange(page.GetProperty("deadLetters").EnumerateArray());
            after = page.GetProperty("next").GetString();
        }

        return letters.ToImmutable();
    }

    public async Task<Remainder> RemainderAsync(Account account)
    {
        var letters = await DeadLettersAsync(account.Webhook);
        return new(
            account.Webhook,
            account.Waiting,
            [.. letters.Select(letter => EventKey.Parse(letter.GetProperty("id").GetString()!))]);
    }

    public void Dispose() => _http.Dispose();
}
