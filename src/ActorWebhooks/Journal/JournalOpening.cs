using Akka.Actor;

namespace ActorWebhooks.Journal;

/// <summary>How the journal is reached.</summary>
/// <param name="Open">Gives the journal plugin.</param>
/// <param name="Timeout">How long an answer of it is waited for.</param>
internal sealed record JournalOpening(Func<IActorRef> Open, TimeSpan Timeout);
