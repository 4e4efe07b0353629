using System.IO.Compression;
using ActorWebhooks.Cluster.Tests.Port;
using ActorWebhooks.Hardening;

namespace ActorWebhooks.Cluster.Tests.Hardening;

/// <summary>Messages that name actors: Akka follows the path, and keeps it.</summary>
public sealed class NamedActorTests(ForgedInput systems) : IClassFixture<ForgedInput>
{
    private const string Node = "akka.tcp://node@127.0.0.1:1";

    public static TheoryData<string> Kinds => new(Messages.Keys);

    // Identifier and manifest, and the message that names it.
    private static Dictionary<string, (int Identifier, string Manifest, Func<string, byte[]> Of)> Messages { get; } = new()
    {
        ["reference"] = (16, "AR", path => Coded(output => PeerFrame.Text(output, 1, path))),
        ["identity"] = (16, "AID", path => Coded(output =>
        {
            PeerFrame.Message(output, 1, payload =>
            {
                PeerFrame.Text(payload, 1, "it");
                PeerFrame.Number(payload, 2, 17);
                PeerFrame.Text(payload, 3, "S");
            });
            PeerFrame.Text(output, 2, path);
        })),
        ["region"] = (13, "BA", path => Coded(output => PeerFrame.Text(output, 1, path))),
        ["home"] = (13, "BG", path => Coded(output =>
        {
            PeerFrame.Text(output, 1, "shard");
            PeerFrame.Text(output, 2, path);
        })),
        ["set"] = (11, "B", path => Set(path, 6)),
        ["compressed set"] = (11, "C", path => Compressed(Set(path, 8))),
        ["compressed gossip"] = (12, "N", path => Compressed(Coded(output => PeerFrame.Message(output, 2, entry => PeerFrame.Message(entry, 2, envelope =>
            PeerFrame.Message(envelope, 1, other =>
            {
                PeerFrame.Bytes(other, 1, Set(path, 6));
                PeerFrame.Number(other, 2, 11);
                PeerFrame.Text(other, 4, "B");
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
            PeerFrame.Message(output, 2, type => PeerFrame.Number(type, 1, 2));
            PeerFrame.Text(output, 1, text);
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
        PeerFrame.Message(output, 2, type => PeerFrame.Number(type, 1, 3));
        if (field == 8)
        {
            PeerFrame.Message(output, 1, _ => { });
            PeerFrame.Message(output, 3, _ => { });
        }

        PeerFrame.Text(output, field, path);
    });

    private static byte[] Coded(Action<Google.Protobuf.CodedOutputStream> write) => PeerFrame.Coded(write);

    private static byte[] Compressed(byte[] bytes)
    {
        var output = new MemoryStream();
        using (var zip = new GZipStream(output, CompressionLevel.Optimal))
            zip.Write(bytes);
        return output.ToArray();
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
