using System.Buffers.Binary;
using ActorWebhooks.Connections;

namespace ActorWebhooks.Tests.Connections;

public sealed class Http2StreamsTests
{
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Reset = 3;
    private const byte Settings = 4;
    private const byte Continuation = 9;
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;

    private static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    private readonly Http2Streams _streams = new();

    [Fact]
    public void Request_is_open_from_its_headers_until_its_answer_is_whole()
    {
        Send([.. Preface, .. Frame(Settings, 0, 0, 12)]);
        Assert.Equal(0, _streams.Open);
        Send([.. Frame(Headers, EndHeaders, 1, 20), .. Frame(Data, EndStream, 1, 100)]);
        Assert.Equal(1, _streams.Open);
        Receive([.. Frame(Settings, 0, 0, 6), .. Frame(Headers, EndHeaders, 1, 5), .. Frame(Data, 0, 1, 10)]);
        Assert.Equal(1, _streams.Open);

        var end = Frame(Data, EndStream, 1, 10);
        Receive(end[..^1]);
        Assert.Equal(1, _streams.Open);
        Receive(end[^1..]);
        Assert.Equal(0, _streams.Open);
    }

    [Fact]
    public void Answer_without_a_body_is_whole_with_the_last_of_its_headers()
    {
        Send([.. Preface, .. Frame(Headers, EndHeaders, 1, 20), .. Frame(Headers, EndHeaders, 3, 20)]);
        Receive(Frame(Headers, EndStream | EndHeaders, 3, 5));
        Assert.Equal(1, _streams.Open);
        Receive([.. Frame(Headers, EndStream, 1, 5), .. Frame(Continuation, 0, 1, 5)]);
        Assert.Equal(1, _streams.Open);
        Receive(Frame(Continuation, EndHeaders, 1, 5));
        Assert.Equal(0, _streams.Open);
    }

    [Fact]
    public void Interim_answer_ends_nothing()
    {
        Send([.. Preface, .. Frame(Headers, EndHeaders, 1, 20)]);
        Receive([.. Frame(Headers, EndHeaders, 1, 5), .. Frame(Headers, 0, 1, 5), .. Frame(Continuation, EndHeaders, 1, 5)]);
        Assert.Equal(1, _streams.Open);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Either_side_may_reset_a_request(bool isOurs)
    {
        Send([.. Preface, .. Frame(Headers, EndHeaders, 1, 20), .. Frame(Headers, EndHeaders, 3, 20)]);
        if (isOurs)
            Send(Frame(Reset, 0, 3, 4));
        else
            Receive(Frame(Reset, 0, 3, 4));
        Assert.Equal(1, _streams.Open);
    }

    [Fact]
    public void End_of_what_was_never_open_does_not_count()
    {
        Send([.. Preface, .. Frame(Headers, EndHeaders, 1, 20)]);
        Receive([.. Frame(Data, EndStream, 5, 4), .. Frame(Reset, 0, 7, 4), .. Frame(Continuation, EndHeaders, 0, 4)]);
        Assert.Equal(1, _streams.Open);
    }

    [Fact]
    public void Bytes_may_come_in_any_pieces()
    {
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            byte[] sent = [.. Preface];
            byte[] received = [];
            var open = 0;
            for (var stream = 1; stream < 40; stream += 2)
            {
                sent = [.. sent, .. Frame(Headers, EndHeaders, stream, random.Next(50)), .. Frame(Data, EndStream, stream, random.Next(300))];
                received = [.. received, .. Frame(Settings, 0, 0, 6 * random.Next(4)), .. Frame(Data, 0, stream, random.Next(300))];
                if (random.Next(2) == 0)
                    received = [.. received, .. Frame(Data, EndStream, stream, random.Next(300))];
                else
                    open++;
            }

            var streams = new Http2Streams();
            foreach (var piece in PiecesOf(sent, random))
                streams.Sent(piece);
            foreach (var piece in PiecesOf(received, random))
                streams.Received(piece);
            Assert.Equal(open, streams.Open);
        }
    }

    private void Send(byte[] bytes) => _streams.Sent(bytes);

    private void Receive(byte[] bytes) => _streams.Received(bytes);

    private static IEnumerable<byte[]> PiecesOf(byte[] bytes, Random random)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(random.Next(40), bytes.Length - at);
            yield return bytes[at..(at + length)];
            at += length;
        }
    }

    // What is in it looks like other frames.
    private static byte[] Frame(byte type, byte flags, int stream, int length)
    {
        var frame = new byte[Http2Frame.HeadLength + length];
        Array.Fill(frame, (byte)1);
        BinaryPrimitives.WriteInt32BigEndian(frame, length << 8);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        return frame;
    }
}
