using ActorWebhooks.Cluster.Entities;
using ActorWebhooks.Cluster.Wire;
using ActorWebhooks.DeadLetters;
using CsCheck;

namespace ActorWebhooks.Cluster.Tests.Wire;

public sealed class MalformedMessageTests
{
    // An exception with its stack, and what a message of a few bytes takes.
    private const int SmallChange = 32 * 1024;

    // Text takes two bytes where it had one, and objects more than what they are made of.
    private const int MostOfAByte = 64;

    private const int Many = 5_000;

    private static readonly string[] Manifests = ["b", "p", "w", "a", "c", "r", "h", "s", "l"];

    public static TheoryData<string> Names => [.. Samples.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Message_that_is_cut_off_anywhere_is_malformed(string name)
    {
        var manifest = Wired.Serializer.Manifest(Samples.All[name]);
        var bytes = Golden.Bytes(name);
        for (var length = 0; length < bytes.Length - Samples.NewerBytes(name); length++)
            Assert.Throws<InvalidDataException>(() => Wired.Read(bytes[..length], manifest));
    }

    [Fact]
    public void Message_in_which_bytes_were_changed_is_read_or_malformed() =>
        Gen.Select(AnyMessage.OfAnyKind, Gen.Select(Gen.Double[0, 0.999999], Gen.Byte).Array[1, 4]).Sample((message, changes) =>
        {
            var bytes = Wired.Serializer.ToBinary(message).ToArray();
            foreach (var (where, value) in changes)
                bytes[(int)(where * bytes.Length)] = value;
            AssertReadOrMalformed(bytes, Wired.Serializer.Manifest(message));
        }, iter: Many);

    [Fact]
    public void Message_in_which_a_bit_was_flipped_is_read_or_malformed() =>
        Gen.Select(AnyMessage.OfAnyKind, Gen.Double[0, 0.999999], Gen.Int[0, 7]).Sample((message, where, bit) =>
        {
            var bytes = Wired.Serializer.ToBinary(message).ToArray();
            bytes[(int)(where * bytes.Length)] ^= (byte)(1 << bit);
            AssertReadOrMalformed(bytes, Wired.Serializer.Manifest(message));
        }, iter: Many);

    [Fact]
    public void Any_bytes_are_read_or_malformed() =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.OneOf(Manifests)).Sample(AssertReadOrMalformed, iter: Many);

    [Fact]
    public void Any_bytes_behind_the_kind_of_an_answer_are_read_or_malformed() =>
        Gen.Select(Gen.Byte[1, 6], Gen.Byte[0, 12].Array[0, 200])
            .Sample((kind, rest) => AssertReadOrMalformed([kind, .. rest], "r"), iter: Many);

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(long.MaxValue)]
    [InlineData(1L << 32)]
    [InlineData(1_000_000)]
    [InlineData(-1)]
    public void Length_that_is_not_there_is_malformed_at_no_cost(long length)
    {
        AssertMalformed("w", to => to.Number(length));
        AssertMalformed("r", 3, to => to.Number(length));
        AssertMalformed("r", 6, to => to.Number(length));
        AssertMalformed("r", 1, to =>
        {
            for (var i = 0; i < 5; i++)
                to.Byte(0);
            to.Number(length);
        });
    }

    [Fact]
    public void Numbers_that_no_message_has_are_malformed()
    {
        AssertMalformed("h", to =>
        {
            to.Long(0);
            to.Number(1L + int.MaxValue);
        });
        AssertMalformed("w", to =>
        {
            for (var i = 0; i < 20; i++)
                to.Byte(0xFF);
        });
        AssertMalformed("r", 200, _ => { });
        AssertMalformed("c", to =>
        {
            to.Text("audit");
            to.Byte(200);
        });
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_malformed() => AssertMalformed("w", to => to.Bytes([0xC3, 0x28]));

    [Fact]
    public void Event_of_a_dead_letter_that_is_not_whole_is_malformed()
    {
        var whole = WebhookEvent.FromJson("auth.success", "{}", "1", DateTimeOffset.UnixEpoch).Encoded.ToArray();
        Assert.IsType<DeadLetterPage>(((CommandAnswer)Wired.Read(PageWith(whole), "r")).Answer);
        for (var length = 0; length < whole.Length; length++)
            Assert.Throws<InvalidDataException>(() => Wired.Read(PageWith(whole[..length]), "r"));
    }

    private static byte[] PageWith(byte[] encoded)
    {
        var to = new WireWriter();
        to.Byte(3);
        to.Number(1);
        to.Block(encoded, (block, bytes) =>
        {
            block.Bytes(bytes);
            block.OneOf(DeadLetterReason.Gone);
            block.Time(DateTimeOffset.UnixEpoch);
            block.NumberOrNull(410);
            block.Text("gone");
        });
        to.TextOrNull(null);
        return to.ToArray();
    }

    private static void AssertMalformed(string manifest, byte kind, Action<WireWriter> write) => AssertMalformed(manifest, to =>
    {
        to.Byte(kind);
        write(to);
    });

    private static void AssertMalformed(string manifest, Action<WireWriter> write)
    {
        var to = new WireWriter();
        write(to);
        var bytes = to.ToArray();
        Assert.Throws<InvalidDataException>(() => Wired.Read(bytes, manifest));
        AssertReadOrMalformed(bytes, manifest);
    }

    private static void AssertReadOrMalformed(byte[] bytes, string manifest)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        IWireMessage? read = null;
        try
        {
            read = Wired.Read(bytes, manifest);
        }
        catch (InvalidDataException)
        {
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, SmallChange + (MostOfAByte * bytes.Length));

        // What was read can be used, and sent again.
        if (read is not null)
            Assert.Equal(read.Told(), read.Sent().Told());
    }
}
