using System.Collections.Immutable;
using ActorWebhooks.Accounting;
using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;

namespace ActorWebhooks.Cluster.Entities;

/// <summary>A <see cref="WebhookStatus"/> as it crosses the network: without the definition, which holds secrets and which every node has.</summary>
internal sealed record WebhookReport(
    WebhookState State,
    long Accepted,
    long Delivered,
    int Waiting,
    int Dead,
    ImmutableDictionary<DropReason, long> Dropped,
    int Failures,
    Attempt? LastAttempt,
    DateTimeOffset? NextAttemptAt)
{
    /// <summary>Of a webhook that does not answer, or is not configured where it would live.</summary>
    public static readonly WebhookReport Unreachable =
        new(WebhookState.Unreachable, 0, 0, 0, 0, ImmutableDictionary<DropReason, long>.Empty, 0, null, null);

    public static WebhookReport Of(WebhookStatus status) => new(
        status.State,
        status.Accepted,
        status.Delivered,
        status.Waiting,
        status.Dead,
        status.Dropped,
        status.Failures,
        status.LastAttempt,
        status.NextAttemptAt);

    public WebhookStatus With(WebhookDefinition definition) => new(
        definition, State, Accepted, Delivered, Waiting, Dead, Dropped, Failures, LastAttempt, NextAttemptAt);
}
