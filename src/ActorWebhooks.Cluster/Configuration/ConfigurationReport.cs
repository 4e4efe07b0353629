using ActorWebhooks.Cluster.Wire;

namespace ActorWebhooks.Cluster.Configuration;

/// <summary>Which configuration a node has.</summary>
/// <param name="Hash">Of all that its webhooks are configured with.</param>
/// <param name="Webhooks">How many they are.</param>
internal sealed record ConfigurationReport(ulong Hash, int Webhooks) : IWireMessage;
