using System.Buffers.Binary;

namespace ActorWebhooks.Hardening;

/// <summary>
/// Goes over the fields of a Protobuf message as Google's parser sees them, and makes nothing of them. Fields of a group count as fields of the message.
/// </summary>
/// <remarks>https://protobuf.dev/programming-guides/encoding/</remarks>
internal ref struct ProtobufFields(ReadOnlySpan<byte> message)
{
    private const int LongestVarint = 10;
    private const int TypeBits = 3;
    private const int TypeMask = (1 << TypeBits) - 1;

    private ReadOnlySpan<byte> _rest = message;

    /// <summary>Of the field.</summary>
    public int Number { get; private set; }

    /// <summary>What a field with a length holds: a text, bytes or a message; empty for another one.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>The number of a field without a length; 0 for another one.</summary>
    public ulong Value { get; private set; }

    /// <summary>Whether <see cref="Content"/> counts.</summary>
    public bool HasContent { get; private set; }

    /// <summary>Whether it went no further because what follows is not Protobuf.</summary>
    public bool IsMalformed { get; private set; }

    /// <returns>False behind the last field.</returns>
    public bool MoveNext()
    {
        if (_rest.IsEmpty || IsMalformed)
            return false;
        IsMalformed = !TryRead();
        return !IsMalformed;
    }

    private bool TryRead()
    {
        Content = [];
        (Value, HasContent) = (0, false);
        if (!TryReadVarint(out var tag))
            return false;

        // The parser looks at so many bits of tags and lengths.
        Number = (int)((uint)tag >> TypeBits);
        switch (tag & TypeMask)
        {
            case 0:
                var isRead = TryReadVarint(out var value);
                Value = value;
                return isRead;
            case 1:
                return TryReadFixed(sizeof(ulong));
            case 2:
                if (!TryReadVarint(out var length) || (int)(uint)length is var count && (count < 0 || count > _rest.Length))
                    return false;
                Content = _rest[..count];
                HasContent = true;
                _rest = _rest[count..];
                return true;
            case 3 or 4:
                return true;
            case 5:
                return TryReadFixed(sizeof(uint));
            default:
                return false;
        }
    }

    private bool TryReadFixed(int bytes)
    {
        if (_rest.Length < bytes)
            return false;
        Value = bytes == sizeof(ulong) ? BinaryPrimitives.ReadUInt64LittleEndian(_rest) : BinaryPrimitives.ReadUInt32LittleEndian(_rest);
        _rest = _rest[bytes..];
        return true;
    }

    private bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < LongestVarint && i < _rest.Length; i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] >= 0x80)
                continue;
            _rest = _rest[(i + 1)..];
            return true;
        }

        return false;
    }
}
