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

    public Task<JsonElement> DeadLettersAsync(string webhook) => _http.GetFromJsonAsync<JsonElement>($"/api/webhooks/{webhook}/dead-letters");

    public async Task<Remainder> RemainderAsync(Account account)
    {
        var letters = await DeadLettersAsync(account.Webhook);
        return new(
            account.Webhook,
            account.Waiting,
            [.. letters.EnumerateArray().Select(letter => EventKey.Parse(letter.GetProperty("id").GetString()!))]);
    }

    public void Dispose() => _http.Dispose();
}
