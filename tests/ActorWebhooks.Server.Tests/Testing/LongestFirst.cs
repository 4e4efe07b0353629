using Xunit.Abstractions;

[assembly: TestCollectionOrderer("ActorWebhooks.Server.Tests.Testing.LongestFirst", "ActorWebhooks.Server.Tests")]

namespace ActorWebhooks.Server.Tests.Testing;

/// <summary>Begins with the collection that takes longest, so that others run beside it until the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => collection.DisplayName == Clustering.OneCluster.Name ? 0 : 1);
}
