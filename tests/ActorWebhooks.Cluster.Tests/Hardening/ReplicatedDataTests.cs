using System.Reflection;
using System.Runtime.Loader;
using ActorWebhooks.Cluster.Hardening;
using ActorWebhooks.Hardening;
using Akka.Actor;
using Akka.Cluster;
using Akka.DistributedData;
using Akka.DistributedData.Serialization;
using Google.Protobuf;
using static ActorWebhooks.Cluster.Tests.Hardening.ProtobufBytes;

namespace ActorWebhooks.Cluster.Tests.Hardening;

/// <summary>Replicated data from another node, which names the types of its elements.</summary>
public sealed class ReplicatedDataTests(ForgedInput systems) : IClassFixture<ForgedInput>
{
    private const int Identifier = 11;

    private static readonly UniqueAddress Writer = new(new Address("akka.tcp", "node", "127.0.0.1", 1), 1);

    public static TheoryData<string> Manifests => new(
        "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "B", "C", "Ca", "Cr", "Cf", "Cg", "E", "H", "Ha", "Hr", "Hk", "Hu", "Hg", "I", "Ig", "J", "Jo", "K", "Ko");

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Type_of_an_assembly_that_is_not_loaded_is_not_looked_up(string manifest)
    {
        var assembly = $"Planted.Replicated{manifest}";
        var lookedUp = 0;
        AssemblyLoadContext.Default.Resolving += Resolve;
        try
        {
            foreach (var bytes in Naming($"Planted.Type, {assembly}").Concat(Naming($"System.Collections.Generic.List`1[[Planted.Type, {assembly}]]")))
                systems.Node.Serialization.Deserialize(IsCompressed(manifest) ? Compressed(bytes) : bytes, Identifier, manifest);
        }
        finally
        {
            AssemblyLoadContext.Default.Resolving -= Resolve;
        }

        Assert.Equal(0, lookedUp);

        Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
        {
            lookedUp += name.Name == assembly ? 1 : 0;
            return null;
        }
    }

    [Fact]
    public void Without_the_guard_such_types_would_be_looked_up()
    {
        const string assembly = "Planted.ReplicatedUnguarded";
        var lookedUp = 0;
        AssemblyLoadContext.Default.Resolving += Resolve;
        try
        {
            foreach (var bytes in Naming($"Planted.Type, {assembly}"))
                Record.Exception(() => systems.Rogue.Serialization.Deserialize(bytes, Identifier, "e"));
        }
        finally
        {
            AssemblyLoadContext.Default.Resolving -= Resolve;
        }

        Assert.NotEqual(0, lookedUp);

        Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
        {
            lookedUp += name.Name == assembly ? 1 : 0;
            return null;
        }
    }

    [Fact]
    public void Type_without_an_end_is_refused()
    {
        foreach (var name in (string[])[Repeat("System.Collections.Generic.List`1[", 10_000) + "System.Int32", "System.Int32" + Repeat("[]", 10_000), "System.Int32" + Repeat("*", 10_000)])
            Assert.All(Naming(name), bytes => Assert.IsType<RefusedPayload>(systems.Node.Serialization.Deserialize(bytes, Identifier, "e")));
    }

    [Fact]
    public void Number_of_types_is_bounded()
    {
        var types = ReplicatedTypes.Of(systems.Node.Settings.Config);

        Assert.Equal(1_000, Enumerable.Range(0, 2_000).Count(i => types.IsKnown($"Akka.DistributedData.GSet`1[[Some.Type{i}, Akka]], Akka.DistributedData")));
    }

    [Fact]
    public void Data_of_types_that_are_known_is_read_whatever_kind_it_is_of()
    {
        var serializer = new ReplicatedDataSerializer(systems.Rogue);
        foreach (var data in KnownData())
        {
            var read = systems.Node.Serialization.Deserialize(serializer.ToBinary(data), Identifier, serializer.Manifest(data));
            Assert.Equal(data.GetType(), read.GetType());
        }
    }

    [Fact]
    public void Data_that_is_compressed_without_measure_is_refused()
    {
        Assert.IsType<ORSet<string>>(Sized(1_000));
        Assert.IsType<RefusedPayload>(Sized(20_000));

        object Sized(int elements)
        {
            var output = new MemoryStream();
            using (var coded = new CodedOutputStream(output, leaveOpen: true))
            {
                Message(coded, 1, _ => { });
                Message(coded, 2, type => Number(type, 1, 2));
                for (var i = 0; i < elements; i++)
                {
                    coded.WriteTag(4, WireFormat.WireType.LengthDelimited);
                    coded.WriteString($"{i}".PadLeft(1_000));
                    Message(coded, 3, _ => { });
                }
            }

            return systems.Node.Serialization.Deserialize(Compressed(output.ToArray()), Identifier, "C");
        }
    }

    [Fact]
    public void Compressed_data_in_compressed_data_counts_together()
    {
        Assert.DoesNotContain(Nested(2), element => element is RefusedPayload);
        Assert.Contains(Nested(20), element => element is RefusedPayload);

        ORSet<object> Nested(int elements)
        {
            var inner = Compressed(Coded(coded =>
            {
                Message(coded, 1, _ => { });
                Message(coded, 2, type => Number(type, 1, 2));
                coded.WriteTag(4, WireFormat.WireType.LengthDelimited);
                coded.WriteString(new string('a', 1_000_000));
                Message(coded, 3, _ => { });
            }));
            return (ORSet<object>)systems.Node.Serialization.Deserialize(Compressed(Coded(coded =>
            {
                Message(coded, 1, _ => { });
                WriteType(coded, 2, "System.Object");
                for (var i = 0; i < elements; i++)
                {
                    Message(coded, 3, _ => { });
                    Message(coded, 7, other =>
                    {
                        Bytes(other, 1, inner);
                        Number(other, 2, Identifier);
                        Bytes(other, 4, "C"u8.ToArray());
                    });
                }
            })), Identifier, "C");
        }
    }

    [Theory]
    [InlineData(11, "F", 1_000, true)]
    [InlineData(11, "F", 1_001, false)]
    [InlineData(11, "L", 1_001, false)]
    [InlineData(12, "P", 1_000, true)]
    [InlineData(12, "P", 1_001, false)]
    [InlineData(12, "H", 1_001, false)]
    public void Nodes_that_data_names_in_one_place_are_bounded(int identifier, string manifest, int nodes, bool isRead)
    {
        var bytes = Coded(output =>
        {
            if (identifier == 12)
            {
                Message(output, 1, other =>
                {
                    Bytes(other, 1, []);
                    Number(other, 2, Identifier);
                    Bytes(other, 4, "A"u8.ToArray());
                });
            }

            for (var i = 0; i < nodes; i++)
                Message(output, identifier == 12 ? 2 : 1, entry => WriteEntry(entry, i + 1));
        });

        Assert.Equal(isRead, systems.Node.Serialization.Deserialize(bytes, identifier, manifest) is not RefusedPayload);

        void WriteEntry(CodedOutputStream entry, int number)
        {
            WriteNode(entry, 1, number);
            if (identifier == 12)
                WriteNode(entry, 2, number);
            else if (manifest == "F")
                Bytes(entry, 2, [1, 0, 0, 0, 0, 0, 0, 0]);
        }

        static void WriteNode(CodedOutputStream output, int field, int number) => Message(output, field, node =>
        {
            Message(node, 1, address =>
            {
                Bytes(address, 1, "127.0.0.1"u8.ToArray());
                Number(address, 2, number);
            });
            Number(node, 2, number);
        });
    }

    [Fact]
    public void Names_that_somebody_invents_take_no_room_from_those_that_are_needed_and_are_short()
    {
        var types = ReplicatedTypes.Of(systems.Node.Settings.Config);
        for (var i = 0; i < 2_000; i++)
            types.IsKnown($"Invented{i}, Akka");

        Assert.False(types.IsKnown("Akka.Actor.Address, Akka"));
        Assert.True(types.IsKnown("Akka.Cluster.Sharding.ShardCoordinator+CoordinatorState, Akka.Cluster.Sharding"));
        Assert.True(types.IsKnown("System.Object, System.Private.CoreLib"));
        Assert.True(types.IsKnown("ActorWebhooks.Cluster.Wire.IWireMessage, ActorWebhooks.Cluster"));
        Assert.False(ReplicatedTypes.Of(systems.Node.Settings.Config).IsKnown(new string('X', 1_001)));
        Assert.False(ReplicatedTypes.Of(systems.Node.Settings.Config).IsKnown("Microsoft.Win32.Registry, mscorlib"));
    }

    private static IEnumerable<object> KnownData()
    {
        var set = ORSet<string>.Empty.Add(Writer, "a").Add(Writer, "b");
        var registers = LWWDictionary.Create(Writer, "key", "value");
        var counters = PNCounterDictionary<string>.Empty.Increment(Writer, "key", 1);
        var sets = ORMultiValueDictionary<string, string>.EmptyWithValueDeltas.AddItem(Writer, "key", "value");
        var map = ORDictionary.Create(Writer, "key", set);
        return
        [
            GSet.Create("a"), set, set.Add(Writer, "c").Delta, GCounter.Empty.Increment(Writer), PNCounter.Empty.Increment(Writer), Flag.True,
            new LWWRegister<string>(Writer, "value"), new LWWRegister<long>(Writer, 1), map, map.Delta, registers, registers.Delta, counters,
            counters.Delta, sets, sets.Delta, new GSetKey<string>("k"), new ORSetKey<int>("k"), new FlagKey("k"), new GCounterKey("k"), new PNCounterKey("k"),
            new LWWRegisterKey<string>("k"), new ORDictionaryKey<string, ORSet<string>>("k"), new LWWDictionaryKey<string, string>("k"),
            new PNCounterDictionaryKey<string>("k"), new ORMultiValueDictionaryKey<string, string>("k"),
        ];
    }

    // Wherever the schema has room for a message, there is one that names the type.
    private static IEnumerable<byte[]> Naming(string type) => [KeyOf(type), Deep(type, 1), Deep(type, 2), Deep(type, 3), Deep(type, 4)];

    private static byte[] KeyOf(string type) => Coded(output =>
    {
        output.WriteTag(1, WireFormat.WireType.LengthDelimited);
        output.WriteString("key");
        WriteType(output, 3, type);
        WriteType(output, 4, type);
    });

    private static byte[] Deep(string type, int depth) => Coded(output =>
    {
        for (var field = 1; field <= 4; field++)
        {
            WriteType(output, field, type);
            if (depth > 1)
                Bytes(output, field, Deep(type, depth - 1));
        }
    });

    private static void WriteType(CodedOutputStream output, int field, string type) => Message(output, field, descriptor =>
    {
        Number(descriptor, 1, 4);
        descriptor.WriteTag(2, WireFormat.WireType.LengthDelimited);
        descriptor.WriteString(type);
    });

    private static bool IsCompressed(string manifest) => manifest is "C" or "H" or "I" or "J" or "K";

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
