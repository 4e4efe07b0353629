using ActorWebhooks.Cluster.Wire;

namespace ActorWebhooks.Cluster.Configuration;

/// <summary>Which configuration a node has, and which software.</summary>
/// <param name="Hash">Of all that its webhooks are configured with.</param>
/// <param name="Webhooks">How many they are.</param>
/// <param name="Version">Of the software; null from nodes of before it was said.</param>
internal sealed record ConfigurationReport(ulong Hash, int Webhooks, string? Version = null) : IWireMessage;
