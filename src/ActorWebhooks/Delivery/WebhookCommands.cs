using System.Collections.Immutable;
using ActorWebhooks.Configuration;
using Akka.Actor;

namespace ActorWebhooks.Delivery;

/// <summary>What a webhook can be told besides events.</summary>
internal interface IWebhookCommand : INoSerializationVerificationNeeded;

/// <summary>Send nothing until <see cref="ResumeWebhook"/>; answered with <see cref="WebhookStatus"/>.</summary>
internal sealed record PauseWebhook : IWebhookCommand;

/// <summary>Go on after a pause, or after the endpoint was gone; answered with <see cref="WebhookStatus"/>.</summary>
internal sealed record ResumeWebhook : IWebhookCommand;

/// <summary>
/// Forget what is waited for, be it a backoff or what the endpoint asked for, and make the next attempt at once; answered with
/// <see cref="WebhookStatus"/>. A pause goes on.
/// </summary>
internal sealed record RetryNow : IWebhookCommand;

/// <summary>Go by another definition of the same id.</summary>
internal sealed record ReconfigureWebhook(WebhookDefinition Definition) : IWebhookCommand;

/// <summary>Send what there is without waiting for windows, and tell the parent <see cref="WebhookDrained"/> when there is nothing left.</summary>
internal sealed record DrainWebhook : IWebhookCommand;

/// <summary>
/// Send nothing more, as another actor will go on, and tell the parent <see cref="WebhookDrained"/> when the attempt under way is done and
/// the journal says how far it went.
/// </summary>
internal sealed record HandOverWebhook : IWebhookCommand;

/// <summary>A webhook is done with draining, or with handing over.</summary>
internal sealed record WebhookDrained(string WebhookId) : INoSerializationVerificationNeeded;

/// <summary>The node may not act as an owner for now: break the attempt under way off, and send nothing until the lease is held again.</summary>
internal sealed record LeaseExpired : IWebhookCommand;

/// <summary>Another process owns the webhook: its actor here is done.</summary>
internal sealed record WebhookDisplaced(string WebhookId) : INoSerializationVerificationNeeded;

/// <summary>
/// Put dead letters back into the outbox, as far as there is room; answered with <see cref="DeadLettersTaken"/>, or <see cref="TooManyAtOnce"/>.
/// </summary>
/// <param name="Ids">The ids of their events; null for every dead letter.</param>
internal sealed record ReplayDeadLetters(ImmutableHashSet<string>? Ids = null) : IWebhookCommand;

/// <summary>Forget dead letters; answered with <see cref="DeadLettersTaken"/>, or <see cref="TooManyAtOnce"/>.</summary>
/// <param name="Ids">The ids of their events; null for every dead letter.</param>
internal sealed record DropDeadLetters(ImmutableHashSet<string>? Ids = null) : IWebhookCommand;

/// <summary>Too much is being looked for already, or all dead letters are being put back.</summary>
internal sealed record TooManyAtOnce : INoSerializationVerificationNeeded;

/// <param name="Count">How many dead letters there are not any more.</param>
internal sealed record DeadLettersTaken(int Count) : INoSerializationVerificationNeeded;

/// <summary>Answered with a <see cref="DeadLetters.DeadLetterPage"/>, or with <see cref="NoSuchPage"/>.</summary>
/// <param name="After">The <see cref="DeadLetters.DeadLetterPage.Next"/> of the page before it; null for the first page.</param>
/// <param name="Limit">How many letters a page has at most.</param>
internal sealed record GetDeadLetters(string? After = null, int Limit = 100) : IWebhookCommand;

/// <summary>A page was asked for after something that no page has said.</summary>
internal sealed record NoSuchPage(string After) : INoSerializationVerificationNeeded;

/// <summary>Answered with a list of attempts, oldest first.</summary>
internal sealed record GetAttempts : IWebhookCommand;

/// <summary>Look for an event; answered with <see cref="Lookup.EventFindings"/>, or with <see cref="TooManyAtOnce"/> while another is looked for.</summary>
internal sealed record FindEvent(string EventId) : IWebhookCommand;

/// <summary>Answered with <see cref="WebhookStatus"/>.</summary>
internal sealed record GetStatus : IWebhookCommand;
