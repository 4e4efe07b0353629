using System.Collections.Immutable;
using ActorWebhooks.Configuration;
using Akka.Actor;

namespace ActorWebhooks.Routing;

/// <summary>Starts webhooks for their supervisor, on this node or in the cluster.</summary>
internal interface IWebhookStarter
{
    /// <summary>What an operator has to know, though everything runs. Read from any thread.</summary>
    ImmutableArray<string> Warnings { get; }

    /// <summary>Starts what the webhooks share, as children of <paramref name="supervisor"/>. Called once, before anything else.</summary>
    void Begin(IActorContext supervisor);

    /// <summary>Starts a child of <paramref name="supervisor"/>, watched by it, that works for the webhook.</summary>
    RunningWebhook Start(IActorContext supervisor, WebhookDefinition definition);

    /// <summary>
    /// Whether a webhook that another process has taken over is to be started again, as this node is the newest on its journal: the other is about
    /// to find out that it has lost all of it.
    /// </summary>
    bool RestartsDisplaced { get; }

    /// <summary>The enabled webhooks of a configuration, before they are started or changed.</summary>
    void Configure(IReadOnlyDictionary<string, WebhookDefinition> definitions);
}
