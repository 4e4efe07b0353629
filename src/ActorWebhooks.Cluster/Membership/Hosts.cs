using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Cluster;

namespace ActorWebhooks.Cluster.Membership;

/// <summary>The nodes that host webhooks.</summary>
/// <param name="role">Theirs; empty for all nodes.</param>
internal sealed class Hosts(Akka.Cluster.Cluster cluster, string role)
{
    // Those that have said that they stop, and whether they have settled.
    private readonly ConcurrentDictionary<Address, bool> _stopping = new();

    public bool IsSelf => role.Length == 0 || cluster.SelfRoles.Contains(role);

    /// <summary>Whether this node is the one of them that does what one has to do.</summary>
    public bool IsLeader => cluster.SelfAddress.Equals(role.Length == 0 ? cluster.State.Leader : cluster.State.RoleLeader(role));

    public bool IsHost(Member member) => role.Length == 0 || member.HasRole(role);

    public bool IsMember(Address node) => cluster.State.Members.Any(member => member.Address.Equals(node));

    /// <summary>Whether the node of this actor is going, gone, or cannot be seen: who wants to be sure must not wait for anything from there.</summary>
    public bool IsAway(IActorRef actor)
    {
        var node = actor.Path.Address;
        return node.HasGlobalScope && !node.Equals(cluster.SelfAddress)
            && (cluster.State.Unreachable.Any(member => member.Address.Equals(node)) || !cluster.State.Members.Any(member =>
                member.Address.Equals(node) && member.Status is MemberStatus.Up or MemberStatus.WeaklyUp or MemberStatus.Joining));
    }

    /// <summary>Those that webhooks may move to.</summary>
    public IEnumerable<Address> Others() => OthersUp().Where(node => !_stopping.ContainsKey(node));

    /// <summary>The other hosts that are up, whether they have said that they stop or not.</summary>
    public IEnumerable<Address> OthersUp() => MembersUp().Where(IsHost).Select(member => member.Address);

    /// <summary>Whether another node of any role may still say that it stops.</summary>
    public bool MayHearMore => MembersUp().Any(member => !_stopping.ContainsKey(member.Address));

    /// <summary>Whether another node of any role stops, and may still hand webhooks over or send to them.</summary>
    public bool IsAwaited => MembersUp().Any(member => _stopping.TryGetValue(member.Address, out var isSettled) && !isSettled);

    /// <summary>
    /// Whether this node can see the majority of the cluster, by which the cluster decides who goes on. Where nodes are split into halves, the
    /// half with the lowest address goes on.
    /// </summary>
    public bool SeesMajority
    {
        get
        {
            var state = cluster.State;
            var (all, seen) = (0, 0);
            Member? lowest = null;
            foreach (var member in state.Members)
            {
                if (!IsVoter(member))
                    continue;
                all++;
                seen += state.Unreachable.Contains(member) ? 0 : 1;
                if (lowest is null || Member.AddressOrdering.Compare(member.Address, lowest.Address) < 0)
                    lowest = member;
            }

            return cluster.SelfMember.Status is MemberStatus.Up or MemberStatus.Leaving or MemberStatus.Exiting
                && (seen * 2 > all || (seen * 2 == all && lowest is not null && !state.Unreachable.Contains(lowest)));
        }
    }

    /// <summary>The other nodes that host webhooks and have a say in who goes on.</summary>
    public IReadOnlyCollection<Address> OtherVoters()
    {
        var others = new List<Address>();
        foreach (var member in cluster.State.Members)
        {
            if (IsVoter(member) && IsHost(member) && !member.Address.Equals(cluster.SelfAddress))
                others.Add(member.Address);
        }

        return others;
    }

    /// <summary>Whether another node is a member in the eyes of this one, so that nobody takes its webhooks over yet.</summary>
    /// <param name="uid">Of its life.</param>
    public bool CanConfirm(Address node, int uid)
    {
        var state = cluster.State;
        foreach (var member in state.Members)
        {
            if (member.UniqueAddress.Uid == uid && member.Address.Equals(node))
            {
                return member.Status is MemberStatus.Up or MemberStatus.Leaving or MemberStatus.Exiting
                    && !state.Unreachable.Contains(member) && SeesMajority;
            }
        }

        return false;
    }

    /// <summary>The node has said that it stops.</summary>
    public void Stops(Address node) => _stopping.TryAdd(node, false);

    /// <summary>The node stops, and nothing more comes from it.</summary>
    public void Settles(Address node) => _stopping[node] = true;

    /// <summary>The node is not a member any more; another one may come at its address.</summary>
    public void Forget(Address node) => _stopping.TryRemove(node, out _);

    private IEnumerable<Member> MembersUp() => cluster.State.Members
        .Where(member => member.Status is MemberStatus.Up or MemberStatus.WeaklyUp && !member.Address.Equals(cluster.SelfAddress));

    private static bool IsVoter(Member member) => member.Status is MemberStatus.Up or MemberStatus.Leaving;
}
