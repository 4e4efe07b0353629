using ActorWebhooks.Hardening;
using CsCheck;
using Google.Protobuf;

namespace ActorWebhooks.Cluster.Tests.Hardening;

/// <summary>What a guard sees of a message has to be what the parser sees that reads it behind the guard.</summary>
public sealed class ProtobufFieldsTests
{
    // Pieces of messages in any order, so that many fields are whole and many are not.
    private static readonly Gen<byte[]> AnyBytes = Gen.OneOf(
        Gen.Byte.Array[0, 6],
        Gen.Select(Gen.Int[1, 20], Gen.ULong, (field, number) => ProtobufBytes.Coded(output => ProtobufBytes.Fixed(output, field, number))),
        Gen.Select(Gen.Int[1, 20], Gen.Int, (field, number) => ProtobufBytes.Coded(output => ProtobufBytes.Number(output, field, number))),
        Gen.Select(Gen.Int[1, 1 << 20], Gen.Byte.Array[0, 200], (field, bytes) => ProtobufBytes.Coded(output => ProtobufBytes.Bytes(output, field, bytes))))
        .Array[0, 6].Select(pieces => pieces.SelectMany(piece => piece).ToArray());

    [Fact]
    public void Are_those_that_Googles_parser_reads() => AnyBytes.Sample(
        bytes =>
        {
            if (Parsed(bytes) is { } parsed)
                Assert.Equal(parsed, Seen(bytes));
        },
        iter: 20_000);

    [Theory]
    [InlineData("0A808000", "1:")]
    [InlineData("8A800000", "1:")]
    [InlineData("0A8180808080808080800041", "1:41")]
    public void Lengths_and_tags_may_be_longer_than_they_need_to_be(string message, string field)
    {
        var bytes = Convert.FromHexString(message);

        Assert.Equal([field], Parsed(bytes)!);
        Assert.Equal([field], Seen(bytes));
    }

    private static List<string> Seen(byte[] bytes)
    {
        List<string> seen = [];
        var fields = new ProtobufFields(bytes);
        while (fields.MoveNext())
            seen.Add(fields.HasContent ? $"{fields.Number}:{Convert.ToHexString(fields.Content)}" : $"{fields.Number}={fields.Value}");
        Assert.False(fields.IsMalformed);
        return seen;
    }

    // Null when the parser refuses it, or when there are groups, which it passes over.
    private static List<string>? Parsed(byte[] bytes)
    {
        List<string> parsed = [];
        var input = new CodedInputStream(bytes);
        try
        {
            while (input.ReadTag() is var tag and not 0)
            {
                var field = WireFormat.GetTagFieldNumber(tag);
                switch (WireFormat.GetTagWireType(tag))
                {
                    case WireFormat.WireType.Varint:
                        parsed.Add($"{field}={input.ReadUInt64()}");
                        break;
                    case WireFormat.WireType.Fixed64:
                        parsed.Add($"{field}={input.ReadFixed64()}");
                        break;
                    case WireFormat.WireType.Fixed32:
                        parsed.Add($"{field}={input.ReadFixed32()}");
                        break;
                    case WireFormat.WireType.LengthDelimited:
                        parsed.Add($"{field}:{Convert.ToHexString(input.ReadBytes().Span)}");
                        break;
                    default:
                        return null;
                }
            }
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }

        return parsed;
    }
}
