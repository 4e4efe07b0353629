namespace ActorWebhooks.Server.Tests.Clustering;

/// <summary>Clusters of real servers under load: one at a time, as there are few processors.</summary>
[CollectionDefinition(Name)]
public sealed class OneCluster
{
    public const string Name = "Clusters";
}
