using System.Collections.Immutable;
using ActorWebhooks.Cluster.Tls;

namespace ActorWebhooks.Server.Hosting;

/// <summary>Where a node is in its cluster.</summary>
/// <param name="Self">Where the other nodes reach it; port 0 takes a free one.</param>
/// <param name="Seeds">Nodes through which it finds the cluster. None: it begins one.</param>
/// <param name="Tls">Null without TLS.</param>
internal sealed record ClusterSettings(NodeAddress Self, ImmutableArray<NodeAddress> Seeds, ClusterTls? Tls = null);
