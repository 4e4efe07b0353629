namespace ActorWebhooks.Fuzz;

/// <summary>Makes inputs from others: a few changes at random places, each of a kind that has broken parsers before.</summary>
internal sealed class Mutator(Random random, byte[][] words)
{
    private const int MaxLength = 16 * 1024;
    private const int MostChanges = 8;

    private static readonly byte[] Interesting = [0, 1, 0x7f, 0x80, 0xff, (byte)'"', (byte)'\\', (byte)'{', (byte)'[', (byte)'*', (byte)'\n', 0xc3, 0xed, 0xf4];

    /// <param name="other">May be pieced together with <paramref name="input"/>.</param>
    public byte[] Mutate(byte[] input, byte[] other)
    {
        var bytes = new List<byte>(input);
        for (var changes = 1 + random.Next(MostChanges); changes > 0; changes--)
            Change(bytes, other);
        if (bytes.Count > MaxLength)
            bytes.RemoveRange(MaxLength, bytes.Count - MaxLength);
        return [.. bytes];
    }

    private void Change(List<byte> bytes, byte[] other)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(bytes.Count - at, 1 + random.Next(1 << random.Next(8)));
        switch (random.Next(10))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2 when at < bytes.Count:
                bytes[at] = (byte)(bytes[at] + random.Next(-4, 5));
                break;
            case 3 when at < bytes.Count:
                bytes[at] = Interesting[random.Next(Interesting.Length)];
                break;
            case 4:
                bytes.RemoveRange(at, length);
                break;
            case 5:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 6:
                // The same again and again: what nests or is counted.
                var piece = bytes.GetRange(at, Math.Min(length, 4));
                for (var times = 1 << random.Next(10); times > 0 && bytes.Count < MaxLength; times--)
                    bytes.InsertRange(at, piece);
                break;
            case 7 when other.Length > 0:
                var from = random.Next(other.Length);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(other.Length - from, length + 1)).ToArray());
                break;
            case 8 when words.Length > 0:
                bytes.InsertRange(at, words[random.Next(words.Length)]);
                break;
            default:
                bytes.Insert(at, Interesting[random.Next(Interesting.Length)]);
                break;
        }
    }
}
