using System.Buffers;
using ActorWebhooks.Cluster.Port;
using CsCheck;

namespace ActorWebhooks.Cluster.Tests.Port;

public sealed class FramesTests
{
    private const int Longest = 1000;

    [Fact]
    public void What_was_written_is_read_however_it_is_cut() => Gen.Select(Gen.Byte.Array[0, 50].Array[0, 10], Gen.Int[1, 60]).Sample((payloads, piece) =>
    {
        var written = new ArrayBufferWriter<byte>();
        foreach (var payload in payloads)
            Frames.Write(written, payload);

        List<byte[]> read = [];
        var rest = new ReadOnlySequence<byte>();
        for (var end = 0; end <= written.WrittenCount + piece; end += piece)
        {
            var so = Math.Min(end, written.WrittenCount);
            rest = new ReadOnlySequence<byte>(written.WrittenMemory[..so]).Slice(read.Sum(payload => payload.Length + sizeof(int)));
            while (Frames.TryRead(ref rest, Longest, out var payload))
                read.Add(payload.ToArray());
        }

        Assert.Equal(payloads, read);
        Assert.True(rest.IsEmpty);
    });

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(Longest + 1)]
    [InlineData(int.MaxValue)]
    public void Length_that_cannot_be_is_refused_before_the_bytes_are_there(int length)
    {
        var bytes = new ReadOnlySequence<byte>(BitConverter.GetBytes(length));

        Assert.Throws<InvalidDataException>(() => Frames.TryRead(ref bytes, Longest, out _));
    }
}
