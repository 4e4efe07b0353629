using System.Collections.Immutable;
using ActorWebhooks.Accounting;
using ActorWebhooks.Cluster.Entities;
using ActorWebhooks.Cluster.Hop;
using ActorWebhooks.Cluster.Wire;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Lookup;

namespace ActorWebhooks.Cluster.Tests.Wire;

/// <summary>Messages as bytes, and as what they say.</summary>
internal static class Wired
{
    // It asks nothing of the actor system.
    public static readonly WireSerializer Serializer = new(null!);

    /// <summary>What has to be the same on the other side.</summary>
    public static object[] Told(this IWireMessage message) => message switch
    {
        Bundle bundle => [bundle.WebhookId, bundle.Stream, bundle.Base, bundle.From, bundle.To, bundle.Bytes],
        CommandAnswer { Answer: WebhookReport report } =>
        [
            report with { Dropped = ImmutableDictionary<DropReason, long>.Empty },
            report.Dropped.OrderBy(pair => pair.Key).ToArray(),
        ],
        CommandAnswer { Answer: DeadLetterPage page } => [page.Letters.Select(Told).ToArray(), $"{page.Next ?? "none"}"],
        CommandForWebhook { Command: ReplayDeadLetters { Ids: { } ids } } some => [some.WebhookId, "replay", ids.Order(StringComparer.Ordinal).ToArray()],
        CommandForWebhook { Command: DropDeadLetters { Ids: { } ids } } some => [some.WebhookId, "drop", ids.Order(StringComparer.Ordinal).ToArray()],
        CommandAnswer { Answer: ImmutableArray<Attempt> attempts } => [attempts.ToArray()],
        CommandAnswer { Answer: EventFindings findings } => [findings with { Attempts = [] }, findings.Attempts.ToArray()],
        _ => [message],
    };

    private static object Told(DeadLetter letter) => (letter.Reason, letter.At, letter.Status, letter.Response, Told(letter.Event));

    // All that receivers ever get to know of its time is the milliseconds.
    private static (string Type, string Id, long CreatedAt, string Encoded) Told(WebhookEvent e) =>
        (e.Type, e.Id, e.CreatedAt.ToUnixTimeMilliseconds(), Convert.ToHexString(e.Encoded));

    /// <summary>As it is after it went from node to node.</summary>
    public static IWireMessage Sent(this IWireMessage message) => Read(Serializer.ToBinary(message), Serializer.Manifest(message));

    public static IWireMessage Read(byte[] bytes, string manifest) => (IWireMessage)Serializer.FromBinary(bytes, manifest);
}
