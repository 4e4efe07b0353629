using System.Collections.Immutable;
using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using Akka.Actor;

namespace ActorWebhooks.Routing;

/// <summary>A webhook file was read.</summary>
/// <param name="AskedBy">All who are to be answered.</param>
internal sealed record ConfigurationRead(ConfigurationResult Result, ImmutableArray<IActorRef> AskedBy) : INoSerializationVerificationNeeded;

/// <summary>Refuse everything from now on, send what there is, and answer with <see cref="WebhooksDrained"/> when it is sent.</summary>
internal sealed record DrainWebhooks : INoSerializationVerificationNeeded;

/// <summary>No webhook has anything left that it could send.</summary>
internal sealed record WebhooksDrained : INoSerializationVerificationNeeded;

/// <summary>A command for one webhook, which answers the sender itself; <see cref="NoSuchWebhook"/> if there is none of that id.</summary>
internal sealed record ToWebhook(string WebhookId, IWebhookCommand Command) : INoSerializationVerificationNeeded;

/// <summary>No webhook of that id runs.</summary>
internal sealed record NoSuchWebhook(string WebhookId) : INoSerializationVerificationNeeded;

/// <summary>Send an event to one webhook alone, whatever its patterns; answered with a <see cref="PublishReceipt"/>.</summary>
internal sealed record SendToWebhook(string WebhookId, WebhookEvent Event) : INoSerializationVerificationNeeded;

/// <summary>Answered with <see cref="WebhooksStatus"/>.</summary>
internal sealed record GetWebhooks : INoSerializationVerificationNeeded;

/// <summary>The webhooks that run, by id.</summary>
/// <param name="ConfigurationErrors">What is wrong with the file, if what is in force is not what it says.</param>
/// <param name="Warnings">What an operator has to know, though everything runs.</param>
internal sealed record WebhooksStatus(
    ImmutableArray<WebhookStatus> Webhooks, ImmutableArray<string> ConfigurationErrors, ImmutableArray<string> Warnings)
    : INoSerializationVerificationNeeded;

/// <summary>Answered with <see cref="NodeWarnings"/>, by a node that takes events.</summary>
internal sealed record GetWarnings : INoSerializationVerificationNeeded;

/// <param name="Warnings">What an operator has to know, though everything runs.</param>
internal sealed record NodeWarnings(ImmutableArray<string> Warnings) : INoSerializationVerificationNeeded;

/// <summary>Tell the actors of all webhooks.</summary>
internal sealed record TellWebhooks(object Message) : INoSerializationVerificationNeeded;

/// <summary>Events of one webhook that nobody else keeps any more go to it again, as if they came now.</summary>
internal sealed record AdoptEvents(string WebhookId, IReadOnlyList<WebhookEvent> Events) : INoSerializationVerificationNeeded;
