using System.Buffers.Binary;
using ActorWebhooks.Cluster.Hop;
using ActorWebhooks.Events;
using CsCheck;

namespace ActorWebhooks.Cluster.Tests.Wire;

public sealed class BundleParsingTests
{
    private const int BaseAt = 8;
    private const int FromAt = 16;
    private const int CountAt = 24;
    private const int IdLengthAt = 28;

    private const int Many = 5_000;

    private static readonly Gen<byte[]> Bytes = AnyMessage.Bundle.Select(message => ((Bundle)message).Bytes.ToArray());

    [Fact]
    public void Events_are_found_again_where_they_were_put() =>
        AnyMessage.BundledEvent.Array[0, 20].Sample(events =>
        {
            var bundle = Bundle.Parse(Samples.BundleOf("audit", 1, 2, 3, events).Bytes);
            Assert.Equal((events.Length, 3L + events.Length), (bundle.Count, bundle.To));
            for (var i = 0; i < events.Length; i++)
                Assert.Equal(events[i], bundle.EventsFrom(i)[..bundle.LengthOf(i)].ToArray());
            Assert.True(bundle.EventsFrom(events.Length).IsEmpty);
        });

    [Fact]
    public void Bundle_that_is_cut_off_anywhere_or_goes_on_is_malformed() =>
        Gen.Select(Bytes, Gen.Double[0, 0.999999], Gen.Byte).Sample((bytes, where, more) =>
        {
            Assert.Throws<InvalidDataException>(() => Bundle.Parse(bytes[..(int)(where * bytes.Length)]));
            Assert.Throws<InvalidDataException>(() => Bundle.Parse([.. bytes, more]));
        });

    [Fact]
    public void Bundle_in_which_a_bit_was_flipped_fits_together_or_is_malformed() =>
        Gen.Select(Bytes, Gen.Double[0, 0.999999], Gen.Int[0, 7]).Sample((bytes, where, bit) =>
        {
            bytes[(int)(where * bytes.Length)] ^= (byte)(1 << bit);
            AssertFitsOrMalformed(bytes);
        }, iter: Many);

    [Fact]
    public void Bundle_whose_head_was_changed_fits_together_or_is_malformed() =>
        Gen.Select(Bytes, Gen.Select(Gen.Int[0, 60], Gen.Byte).Array[1, 6]).Sample((bytes, changes) =>
        {
            foreach (var (at, value) in changes)
                bytes[at % bytes.Length] = value;
            AssertFitsOrMalformed(bytes);
        }, iter: Many);

    [Fact]
    public void Any_bytes_fit_together_or_are_malformed() => Gen.Byte[0, 4].Array[0, 200].Sample(AssertFitsOrMalformed, iter: Many);

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(5, 4)]
    [InlineData(0, -1)]
    [InlineData(0, long.MaxValue)]
    [InlineData(0, long.MaxValue - 2)]
    public void Numbers_of_events_that_cannot_be_are_malformed(long @base, long from)
    {
        var bytes = Three();
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(BaseAt), @base);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(FromAt), from);
        Assert.Throws<InvalidDataException>(() => Bundle.Parse(bytes));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    [InlineData(1 << 30)]
    public void Count_that_is_not_that_of_the_events_is_malformed(int count)
    {
        var bytes = Three();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(CountAt), count);
        Assert.Throws<InvalidDataException>(() => Bundle.Parse(bytes));
    }

    [Theory]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(-4, 4)]
    [InlineData(int.MinValue, int.MinValue)]
    [InlineData(2, 1)]
    public void Lengths_that_are_not_those_of_the_events_are_malformed(int first, int second)
    {
        var bytes = Three();
        var lengthsAt = IdLengthAt + sizeof(ushort) + "audit".Length;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(lengthsAt), first);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(lengthsAt + sizeof(int)), second);
        Assert.Throws<InvalidDataException>(() => Bundle.Parse(bytes));
    }

    [Fact]
    public void Id_that_is_not_UTF8_is_malformed()
    {
        var bytes = Three();
        bytes[IdLengthAt + sizeof(ushort)] = 0xFF;
        Assert.Throws<InvalidDataException>(() => Bundle.Parse(bytes));
    }

    private static byte[] Three() => Samples.BundleOf("audit", 1, 0, 0, [Samples.Encoded("1"), Samples.Encoded("2"), Samples.Encoded("3")]).Bytes;

    private static void AssertFitsOrMalformed(byte[] bytes)
    {
        Bundle bundle;
        try
        {
            bundle = Bundle.Parse(bytes);
        }
        catch (InvalidDataException)
        {
            return;
        }

        Assert.InRange(bundle.Base, 0, bundle.From);
        Assert.InRange(bundle.From, 0, bundle.To);
        Assert.Equal(bundle.EventsFrom(0).Length, Enumerable.Range(0, bundle.Count).Sum(i => (long)bundle.LengthOf(i)));
        Assert.True(bundle.EventsFrom(bundle.Count).IsEmpty);
        for (var i = 0; i < bundle.Count; i++)
            Assert.True(bundle.LengthOf(i) == 0 || EventEncoding.IsEvent(bundle.EventsFrom(i)[..bundle.LengthOf(i)]));
    }
}
