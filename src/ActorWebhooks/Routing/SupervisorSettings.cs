namespace ActorWebhooks.Routing;

/// <summary>What the supervisor goes by.</summary>
/// <param name="ConfigFile">Where the webhooks came from and are read from again; null when it was no file.</param>
/// <param name="AllowEmptyFile">Whether the file may hold no webhook without saying so.</param>
/// <param name="ReloadQuietTime">How long the file must not have changed before it is read again.</param>
/// <param name="DrainTimeout">How long a removed webhook may go on delivering what it holds.</param>
internal sealed record SupervisorSettings(
    string? ConfigFile, bool AllowEmptyFile, TimeSpan ReloadQuietTime, TimeSpan DrainTimeout, RoutingLimits Routing);
