using Akka.Actor;

namespace ActorWebhooks.Cluster.Tests.Clusters;

/// <summary>A node of a <see cref="TestCluster"/>.</summary>
internal sealed class TestNode(ActorSystem system, IActorRef router)
{
    public ActorSystem System => system;

    public IActorRef Router => router;

    public IWebhookPublisher Publisher { get; } = Webhooks.CreatePublisher(router);

    public Akka.Cluster.Cluster Cluster => Akka.Cluster.Cluster.Get(system);

    public Address Address => Cluster.SelfAddress;

    /// <summary>Goes in order, as at Ctrl-C.</summary>
    public Task LeaveAsync() => CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance);

    /// <summary>Dies without a word to the others.</summary>
    public Task CrashAsync() => system.Terminate();
}
