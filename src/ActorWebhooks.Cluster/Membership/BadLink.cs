namespace ActorWebhooks.Cluster.Membership;

/// <summary>
/// Two nodes that do not reach each other, though others reach both. Akka's split brain resolver puts both out. It is enough that one of them
/// stops by itself before that.
/// </summary>
internal static class BadLink
{
    /// <summary>
    /// What a node sees that is at neither end. A link that is bad makes both its ends unreachable for the cluster, as an answer to a heartbeat
    /// needs both directions. So when exactly two nodes are unreachable, and this one hears both, their link is bad and no other is. Every node
    /// that sees so comes to the same answer. It says nothing about several bad links: who reaches whom is not known then.
    /// </summary>
    /// <param name="unreachable">The nodes that any node of the cluster does not reach; without this node.</param>
    /// <param name="isHeard">Whether this node itself gets answers from it.</param>
    /// <param name="isOlder">Whether the first has been in the cluster for longer than the second.</param>
    /// <returns>The end that has to stop, which is the younger, and the other end; null when it is not this.</returns>
    public static (T Stops, T Stays)? Of<T>(IReadOnlyList<T> unreachable, Func<T, bool> isHeard, Func<T, T, bool> isOlder) =>
        unreachable is not [var one, var other] || !isHeard(one) || !isHeard(other) ? null
        : isOlder(one, other) ? (other, one)
        : (one, other);
}
