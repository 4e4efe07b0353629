using Google.Protobuf;

namespace ActorWebhooks.Cluster.Hardening;

/// <summary>
/// Where replicated data names types: <c>ReplicatedDataMessages.proto</c> of Akka.DistributedData 1.5.73, as far as that goes. What stands in the
/// data as a message of its own is read by the serializer that it names.
/// </summary>
internal static class ReplicatedDataShape
{
    // TypeDescriptor: its second field is the name. The name is checked even if the first field says that it is not used.
    private static readonly Shape Type = new([2], []);

    private static readonly Shape None = new([], []);
    private static readonly Shape Key = Message((3, Type), (4, Type));
    private static readonly Shape Set = Message((2, Type));
    private static readonly Shape SetDeltas = Message((1, Message((2, Set))), (2, Type));
    private static readonly Shape Register = Message((4, Type));
    private static readonly Shape Map = Message((1, Set), (4, Type));
    private static readonly Shape MapDeltas = Message((1, Message((2, Set))), (2, Type), (3, Type));
    private static readonly Shape RegisterMap = Message((1, Set), (2, Message((2, Register))), (3, Type));
    private static readonly Shape CounterMap = Message((1, Set));
    private static readonly Shape MultiMap = Message((1, Set), (2, Message((2, Set))), (4, Type));
    private static readonly Shape MultiMapDelta = Message((1, MapDeltas));

    public static bool IsCompressed(string manifest) => manifest is "C" or "H" or "I" or "J" or "K";

    /// <summary>Whether all types that data names are such.</summary>
    /// <param name="manifest">Of the serializer of Akka.DistributedData.</param>
    /// <exception cref="InvalidProtocolBufferException">It is not Protobuf.</exception>
    public static bool AreAllTypes(byte[] bytes, string manifest, Predicate<string> isType) =>
        ShapeOf(manifest) is { } shape && AreAllTypes(new CodedInputStream(bytes), shape, isType);

    private static bool AreAllTypes(CodedInputStream input, Shape shape, Predicate<string> isType)
    {
        while (input.ReadTag() is var tag and not 0)
        {
            var field = WireFormat.GetTagFieldNumber(tag);
            if (WireFormat.GetTagWireType(tag) != WireFormat.WireType.LengthDelimited)
                input.SkipLastField();
            else if (shape.Names.Contains(field))
            {
                if (!isType(input.ReadString()))
                    return false;
            }
            else if (shape.Messages.TryGetValue(field, out var message))
            {
                if (!AreAllTypes(input.ReadBytes().CreateCodedInput(), message, isType))
                    return false;
            }
            else
            {
                input.SkipLastField();
            }
        }

        return true;
    }

    // Null when no data has this manifest.
    private static Shape? ShapeOf(string manifest) => manifest switch
    {
        "A" or "D" or "F" or "G" or "L" => None,
        "a" or "b" or "c" or "d" or "e" or "f" or "g" or "h" or "i" or "j" or "k" => Key,
        "B" or "C" or "Ca" or "Cr" or "Cf" => Set,
        "Cg" => SetDeltas,
        "E" => Register,
        "H" => Map,
        "Ha" or "Hr" or "Hk" or "Hu" or "Hg" or "Ig" or "Jo" => MapDeltas,
        "I" => RegisterMap,
        "J" => CounterMap,
        "K" => MultiMap,
        "Ko" => MultiMapDelta,
        _ => null,
    };

    private static Shape Message(params (int Field, Shape Shape)[] messages) => new([], messages.ToDictionary(message => message.Field, message => message.Shape));

    private sealed record Shape(HashSet<int> Names, Dictionary<int, Shape> Messages);
}
