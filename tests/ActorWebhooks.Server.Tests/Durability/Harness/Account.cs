using System.Text.Json;

namespace ActorWebhooks.Server.Tests.Durability.Harness;

/// <summary>What <c>GET /api/webhooks</c> counts of a webhook.</summary>
internal sealed record Account(string Webhook, long Accepted, long Delivered, long Waiting, long Dead, long Dropped, bool IsStarting)
{
    public bool Balances => Accepted == Delivered + Waiting + Dead + Dropped;

    public static Account Read(JsonElement webhook) => new(
        webhook.GetProperty("id").GetString()!,
        webhook.GetProperty("accepted").GetInt64(),
        webhook.GetProperty("delivered").GetInt64(),
        webhook.GetProperty("waiting").GetInt64(),
        webhook.GetProperty("dead").GetInt64(),
        webhook.GetProperty("dropped").EnumerateObject().Sum(reason => reason.Value.GetInt64()),
        webhook.GetProperty("state").GetString() is "starting" or "unreachable");
}
