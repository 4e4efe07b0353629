using System.Collections.Immutable;
using ActorWebhooks.Configuration;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Journal;
using ActorWebhooks.Outbox;
using Akka.Actor;

namespace ActorWebhooks.Routing;

/// <summary>What the supervisor starts with.</summary>
/// <param name="Definitions">Of the configuration at start.</param>
/// <param name="ConfigFile">Where they came from and are read from again; null when it was no file.</param>
/// <param name="ReloadQuietTime">How long the file must not have changed before it is read again.</param>
/// <param name="DrainTimeout">How long a removed webhook may go on delivering what it holds.</param>
/// <param name="Journal">The bounds of what is journaled; null when nothing is.</param>
/// <param name="OpenJournal">Gives the journal plugin; null when nothing is journaled.</param>
/// <param name="JournalTimeout">How long an answer of the journal is waited for.</param>
internal sealed record SupervisorSettings(
    ImmutableArray<WebhookDefinition> Definitions,
    string? ConfigFile,
    TimeSpan ReloadQuietTime,
    TimeSpan DrainTimeout,
    RoutingLimits Routing,
    OutboxLimits Outbox,
    DeadLetterLimits DeadLetters,
    JournalLimits? Journal,
    Func<IActorRef>? OpenJournal,
    TimeSpan JournalTimeout);
