using System.Collections.Immutable;
using ActorWebhooks.Configuration;

namespace ActorWebhooks.Routing;

/// <summary>What the supervisor starts with.</summary>
/// <param name="Definitions">Of the configuration at start.</param>
/// <param name="ConfigFile">Where they came from and are read from again; null when it was no file.</param>
/// <param name="ReloadQuietTime">How long the file must not have changed before it is read again.</param>
/// <param name="DrainTimeout">How long a removed webhook may go on delivering what it holds.</param>
internal sealed record SupervisorSettings(
    ImmutableArray<WebhookDefinition> Definitions, string? ConfigFile, TimeSpan ReloadQuietTime, TimeSpan DrainTimeout, RoutingLimits Routing);
