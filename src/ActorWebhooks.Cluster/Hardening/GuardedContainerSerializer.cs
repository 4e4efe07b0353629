using System.Buffers;
using ActorWebhooks.Hardening;
using Akka.Actor;
using Akka.Remote.Serialization;

namespace ActorWebhooks.Cluster.Hardening;

/// <summary>
/// In the place of Akka.Remote's serializer of what goes to an <see cref="ActorSelection"/>. What is in it is read by its own serializer. Akka follows
/// a selection by calling itself for each part of its path, and for each child that a pattern matches, so both are bounded. It takes a pattern for a
/// regular expression, all but <c>*</c> and <c>?</c>, so only what means itself in one is let through besides these.
/// </summary>
internal sealed class GuardedContainerSerializer(ExtendedActorSystem system) : GuardedSerializer(system, 6, new MessageContainerSerializer(system))
{
    private const int MostElements = 64;
    private const int MostPatterns = 1;
    private const int LongestPattern = 100;
    private const int MostStars = 2;

    // SelectionEnvelope and Selection in ContainerFormats.proto of Akka.Remote 1.5.73.
    private const int Elements = 2;
    private const int TypeOfElement = 1;
    private const int Matcher = 2;
    private const ulong ChildPattern = 3;

    private static readonly SearchValues<byte> Plain =
        SearchValues.Create("*?-_.%~$0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    protected override string? FaultOf(byte[] bytes)
    {
        var envelope = new ProtobufFields(bytes);
        while (envelope.MoveNext())
        {
            if (envelope is { Number: Elements, HasContent: true } && !IsPlain(envelope.Content))
                return "A pattern of the selection is longer than 100 bytes, has more than two stars, or others than letters, digits and *?-_.%~$.";
        }

        return null;
    }

    protected override string? FaultOf(object message) => message switch
    {
        ActorSelectionMessage { Message: ActorSelectionMessage } => "It is a selection in a selection.",
        ActorSelectionMessage selection when !IsShort(selection.Elements) => "The path of the selection has more than 64 parts, or more than one pattern.",
        _ => null,
    };

    private static bool IsPlain(ReadOnlySpan<byte> element)
    {
        var (isPattern, isPlain) = (false, true);
        var fields = new ProtobufFields(element);
        while (fields.MoveNext())
        {
            isPattern |= fields is { Number: TypeOfElement, Value: ChildPattern };
            if (fields is { Number: Matcher, HasContent: true })
                isPlain &= fields.Content.Length <= LongestPattern && !fields.Content.ContainsAnyExcept(Plain) && fields.Content.Count((byte)'*') <= MostStars;
        }

        return !isPattern || isPlain;
    }

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
