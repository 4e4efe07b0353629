using System.Buffers;
using ActorWebhooks.Hardening;
using Akka.Actor;
using Akka.Remote.Serialization;

namespace ActorWebhooks.Cluster.Hardening;

/// <summary>
/// In the place of Akka.Remote's serializer of what goes to an <see cref="ActorSelection"/>. What is in it is read by its own serializer. Akka follows
/// a selection by calling itself for each part of its path, and for each child that a pattern matches, so both are bounded. Akka makes a regular
/// expression of a pattern and escapes nothing but <c>*</c> and <c>?</c>, so a pattern has no other characters with a meaning there that costs time.
/// </summary>
/// <remarks><c>ContainerFormats.proto</c> of Akka.Remote 1.5.73: SelectionEnvelope and Selection.</remarks>
internal sealed class GuardedContainerSerializer(ExtendedActorSystem system) : GuardedSerializer(system, 6, new MessageContainerSerializer(system))
{
    private const int MostElements = 64;
    private const int MostPatterns = 1;
    private const int LongestPattern = 100;
    private const int MostStars = 2;

    private const int Element = 2;
    private const int TypeOfElement = 1;
    private const int Matcher = 2;
    private const ulong ChildPattern = 3;

    private static readonly SearchValues<byte> Plain =
        SearchValues.Create("*?-_.%~$0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    protected override string? FaultOf(byte[] bytes)
    {
        var (elements, patterns) = (0, 0);
        var fields = new ProtobufFields(bytes);
        while (fields.MoveNext())
        {
            if (fields is not { Number: Element, HasContent: true })
                continue;
            elements++;
            if (!IsPattern(fields.Content, out var isPlain))
                continue;
            patterns++;
            if (!isPlain)
                return "A pattern of the selection is longer than 100 bytes, has more than two stars, or others than letters, digits and *?-_.%~$.";
        }

        return elements > MostElements || patterns > MostPatterns ? "The path of the selection has more than 64 parts, or more than one pattern." : null;
    }

    protected override string? FaultOf(object message) =>
        message is ActorSelectionMessage { Message: ActorSelectionMessage } ? "It is a selection in a selection." : null;

    private static bool IsPattern(ReadOnlySpan<byte> element, out bool isPlain)
    {
        var isPattern = false;
        isPlain = true;
        var fields = new ProtobufFields(element);
        while (fields.MoveNext())
        {
            isPattern |= fields is { Number: TypeOfElement, Value: ChildPattern };
            if (fields is { Number: Matcher, HasContent: true })
                isPlain &= fields.Content.Length <= LongestPattern && !fields.Content.ContainsAnyExcept(Plain) && fields.Content.Count((byte)'*') <= MostStars;
        }

        return isPattern;
    }
}
