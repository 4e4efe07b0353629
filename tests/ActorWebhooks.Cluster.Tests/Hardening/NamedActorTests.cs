using ActorWebhooks.Hardening;
using static ActorWebhooks.Cluster.Tests.Hardening.ProtobufBytes;

namespace ActorWebhooks.Cluster.Tests.Hardening;

/// <summary>Messages that name actors: Akka follows the path, and keeps it.</summary>
public sealed class NamedActorTests(ForgedInput systems) : IClassFixture<ForgedInput>
{
    private const string Node = "akka.tcp://node@127.0.0.1:1";

    public static TheoryData<string> Kinds => new(Messages.Keys);

    // Identifier and manifest, and the message that names it.
    private static Dictionary<string, (int Identifier, string Manifest, Func<string, byte[]> Of)> Messages { get; } = new()
    {
        ["reference"] = (16, "AR", path => Coded(output => Utf8(output, 1, path))),
        ["identity"] = (16, "AID", path => Coded(output =>
        {
            Message(output, 1, payload =>
            {
                Utf8(payload, 1, "it");
                Number(payload, 2, 17);
                Utf8(payload, 3, "S");
            });
            Utf8(output, 2, path);
        })),
        ["region"] = (13, "BA", path => Coded(output => Utf8(output, 1, path))),
        ["home"] = (13, "BG", path => Coded(output =>
        {
            Utf8(output, 1, "shard");
            Utf8(output, 2, path);
        })),
        ["set"] = (11, "B", path => Set(path, 6)),
        ["compressed set"] = (11, "C", path => Compressed(Set(path, 8))),
        ["compressed gossip"] = (12, "N", path => Compressed(Coded(output => Message(output, 2, entry => Message(entry, 2, envelope =>
            Message(envelope, 1, other =>
            {
                Bytes(other, 1, Set(path, 6));
                Number(other, 2, 11);
                Utf8(other, 4, "B");
            })))))),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Long_paths_are_not_followed(string kind)
    {
        foreach (var path in (string[])[
            $"{Node}/user" + Repeat("/..", 20_000), $"{Node}/user{new string('/', 70)}a", $"AKKA.tcp://node@127.0.0.1:1{Repeat("/a", 65)}",
            $"a\u212A\u212Aa.tcp://node@127.0.0.1:1{Repeat("/a", 65)}", $"{Node}/user/{new string('a', 2_000)}"])
            Assert.IsType<RefusedPayload>(Read(kind, path));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Paths_of_actors_are_read(string kind)
    {
        Assert.IsNotType<RefusedPayload>(Read(kind, $"{Node}/user/a/b#123"));
        Assert.IsNotType<RefusedPayload>(Read(kind, "akka.tcp://other@127.0.0.1:2" + Repeat("/a", 60)));
    }

    [Fact]
    public void Text_that_is_no_path_may_be_long()
    {
        var text = "https://example.org" + Repeat("/..", 1_000);
        var set = Coded(output =>
        {
            Message(output, 2, type => Number(type, 1, 2));
            Utf8(output, 1, text);
        });

        Assert.Equal(text, Assert.Single(Assert.IsType<Akka.DistributedData.GSet<string>>(systems.Node.Serialization.Deserialize(set, 11, "B")).Elements));
    }

    private object Read(string kind, string path)
    {
        var (identifier, manifest, of) = Messages[kind];
        return systems.Node.Serialization.Deserialize(of(path), identifier, manifest);
    }

    private static byte[] Set(string path, int field) => Coded(output =>
    {
        Message(output, 2, type => Number(type, 1, 3));
        if (field == 8)
        {
            Message(output, 1, _ => { });
            Message(output, 3, _ => { });
        }

        Utf8(output, field, path);
    });

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
