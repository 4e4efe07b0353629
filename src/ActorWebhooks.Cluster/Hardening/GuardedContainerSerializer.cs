using ActorWebhooks.Hardening;
using Akka.Actor;
using Akka.Remote.Serialization;

namespace ActorWebhooks.Cluster.Hardening;

/// <summary>
/// In the place of Akka.Remote's serializer of what goes to an <see cref="ActorSelection"/>. What is in it is read by its own serializer. Akka follows
/// a selection by calling itself for each part of its path, and for each child that a pattern matches, so both are bounded.
/// </summary>
internal sealed class GuardedContainerSerializer(ExtendedActorSystem system) : GuardedSerializer(system, 6, new MessageContainerSerializer(system))
{
    private const int MostElements = 64;
    private const int MostPatterns = 1;

    protected override string? FaultOf(object message) => message switch
    {
        ActorSelectionMessage { Message: ActorSelectionMessage } => "It is a selection in a selection.",
        ActorSelectionMessage selection when !IsShort(selection.Elements) => "The path of the selection has more than 64 parts, or more than one pattern.",
        _ => null,
    };

    private static bool IsShort(SelectionPathElement[] elements)
    {
        if (elements.Length > MostElements)
            return false;
        var patterns = 0;
        foreach (var element in elements)
            patterns += element is SelectChildPattern ? 1 : 0;
        return patterns <= MostPatterns;
    }
}
