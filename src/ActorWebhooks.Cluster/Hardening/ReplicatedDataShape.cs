using System.Text;
using ActorWebhooks.Hardening;

namespace ActorWebhooks.Cluster.Hardening;

/// <summary>
/// Where replicated data names types and nodes: <c>ReplicatedDataMessages.proto</c> and <c>ReplicatorMessages.proto</c> of Akka.DistributedData 1.5.73, as
/// far as that goes. What stands in the data as a message of its own is read by the serializer that it names.
/// </summary>
internal static class ReplicatedDataShape
{
    private const string UnknownType = "It names a type of an assembly without a message in akka.actor.serialization-bindings.";
    private const string ManyNodes = "It names more than 1,000 nodes in one place.";

    // A peer chooses the hash of each node that it names, and a dictionary of a million nodes with one hash takes a thread for minutes.
    private const int MostNodes = 1_000;

    // TypeDescriptor: its second field is the name. The name is checked even if the first field says that it is not used.
    private static readonly Shape Type = new() { Name = 2 };

    private static readonly Shape None = new();
    private static readonly Shape Nodes = new() { Nodes = 1 };
    private static readonly Shape Counter = new() { One = { [1] = Nodes, [2] = Nodes } };
    private static readonly Shape Key = new() { One = { [3] = Type, [4] = Type } };
    private static readonly Shape Elements = new() { One = { [2] = Type } };
    private static readonly Shape Set = new() { One = { [1] = Nodes, [2] = Type }, Each = { [3] = Nodes } };
    private static readonly Shape SetDeltas = new() { One = { [2] = Type }, Each = { [1] = new() { One = { [2] = Set } } } };
    private static readonly Shape Register = new() { One = { [4] = Type } };
    private static readonly Shape Map = new() { One = { [1] = Set, [4] = Type } };
    private static readonly Shape MapDeltas = new() { One = { [2] = Type, [3] = Type }, Each = { [1] = new() { One = { [2] = Set } } } };
    private static readonly Shape RegisterMap = new() { One = { [1] = Set, [3] = Type }, Each = { [2] = new() { One = { [2] = Register } } } };
    private static readonly Shape CounterMap = new() { One = { [1] = Set }, Each = { [2] = new() { One = { [2] = Counter } } } };
    private static readonly Shape MultiMap = new() { One = { [1] = Set, [4] = Type }, Each = { [2] = new() { One = { [2] = Set } } } };
    private static readonly Shape MultiMapDelta = new() { One = { [1] = MapDeltas } };
    private static readonly Shape Envelope = new() { Nodes = 2, One = { [3] = Nodes }, Each = { [2] = new() { Nodes = 4 } } };
    private static readonly Shape Envelopes = new() { Each = { [2] = new() { One = { [2] = Envelope } } } };
    private static readonly Shape Write = new() { One = { [2] = Envelope } };
    private static readonly Shape ReadResult = new() { One = { [1] = Envelope } };

    public static bool IsCompressed(string manifest) => manifest is "C" or "H" or "I" or "J" or "K";

    /// <summary>Why data is not to be read, as a sentence; null when all types that it names are such.</summary>
    /// <param name="manifest">Of the serializer of Akka.DistributedData.</param>
    public static string? FaultOf(ReadOnlySpan<byte> bytes, string manifest, Predicate<string> isType) => ShapeOf(manifest) switch
    {
        null => "No data has this manifest.",
        { } shape => FaultOf(bytes, shape, isType),
    };

    /// <summary>The same of what the replicators say to each other.</summary>
    public static string? FaultOfMessage(ReadOnlySpan<byte> bytes, string manifest) => manifest switch
    {
        "H" or "P" => FaultOf(bytes, Envelope, _ => true),
        "I" => FaultOf(bytes, Write, _ => true),
        "L" => FaultOf(bytes, ReadResult, _ => true),
        "N" or "Q" => FaultOf(bytes, Envelopes, _ => true),
        _ => null,
    };

    private static string? FaultOf(ReadOnlySpan<byte> bytes, Shape shape, Predicate<string> isType)
    {
        var (nodes, seen) = (0, 0L);
        var fields = new ProtobufFields(bytes);
        while (fields.MoveNext())
        {
            if (!fields.HasContent)
                continue;
            if (fields.Number == shape.Name && !isType(Encoding.UTF8.GetString(fields.Content)))
                return UnknownType;
            if (fields.Number == shape.Nodes && ++nodes > MostNodes)
                return ManyNodes;
            if (shape.One.TryGetValue(fields.Number, out var message))
            {
                if ((seen & (1L << fields.Number)) != 0)
                    return "It has a part twice.";
                seen |= 1L << fields.Number;
            }
            else if (!shape.Each.TryGetValue(fields.Number, out message))
            {
                continue;
            }

            if (FaultOf(fields.Content, message, isType) is { } fault)
                return fault;
        }

        return fields.IsMalformed ? "It is not Protobuf." : null;
    }

    // Null when no data has this manifest.
    private static Shape? ShapeOf(string manifest) => manifest switch
    {
        "A" or "D" => None,
        "F" or "L" => Nodes,
        "G" => Counter,
        "a" or "b" or "c" or "d" or "e" or "f" or "g" or "h" or "i" or "j" or "k" => Key,
        "B" => Elements,
        "C" or "Ca" or "Cr" or "Cf" => Set,
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

    // The fields of a message that matter; 0 when it has none.
    private sealed class Shape
    {
        /// <summary>The name of a type.</summary>
        public int Name { get; init; }

        /// <summary>One for each node.</summary>
        public int Nodes { get; init; }

        /// <summary>Messages that are there once. What is there twice would be put together.</summary>
        public Dictionary<int, Shape> One { get; } = [];

        /// <summary>Messages that may be there more often.</summary>
        public Dictionary<int, Shape> Each { get; } = [];
    }
}
