using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Cluster;

namespace ActorWebhooks.Cluster.Membership;

/// <summary>The nodes that host webhooks.</summary>
/// <param name="role">Theirs; empty for all nodes.</param>
internal sealed class Hosts(Akka.Cluster.Cluster cluster, string role)
{
    private readonly ConcurrentDictionary<Address, bool> _stopping = new();

    public bool IsSelf => role.Length == 0 || cluster.SelfRoles.Contains(role);

    /// <summary>Whether this node is the one of them that does what one has to do.</summary>
    public bool IsLeader => cluster.SelfAddress.Equals(role.Length == 0 ? cluster.State.Leader : cluster.State.RoleLeader(role));

    public bool IsHost(Member member) => role.Length == 0 || member.HasRole(role);

    /// <summary>Whether the node of this actor is going, gone, or cannot be seen: who wants to be sure must not wait for anything from there.</summary>
    public bool IsAway(IActorRef actor)
    {
        var node = actor.Path.Address;
        return node.HasGlobalScope && !node.Equals(cluster.SelfAddress)
            && (cluster.State.Unreachable.Any(member => member.Address.Equals(node)) || !cluster.State.Members.Any(member =>
                member.Address.Equals(node) && member.Status is MemberStatus.Up or MemberStatus.WeaklyUp or MemberStatus.Joining));
    }

    /// <summary>Those that webhooks may move to.</summary>
    public IEnumerable<Address> Others() => cluster.State.Members
        .Where(member => member.Status is MemberStatus.Up or MemberStatus.WeaklyUp && IsHost(member)
            && !member.Address.Equals(cluster.SelfAddress) && !_stopping.ContainsKey(member.Address))
        .Select(member => member.Address);

    /// <summary>The node has said that it stops.</summary>
    public void Stops(Address node) => _stopping[node] = true;

    /// <summary>The node is not a member any more; another one may come at its address.</summary>
    public void Forget(Address node) => _stopping.TryRemove(node, out _);
}
