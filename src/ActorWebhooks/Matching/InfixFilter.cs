using System.Numerics;
using System.Runtime.InteropServices;

namespace ActorWebhooks.Matching;

/// <summary>
/// Says of nearly every position that none of the infixes behind a star begins there, from a few characters and without touching
/// the trie. It errs one way only: a position at which one begins always passes. Pays where a star has many infixes behind it.
/// </summary>
internal sealed class InfixFilter
{
    public const int MinLength = 2;
    public const int MaxLength = 4;

    private const int BitsOfEach = 16;

    private readonly ulong[] _bits;
    private readonly int _shift;

    /// <param name="length">How many characters are looked at; no infix is shorter.</param>
    /// <param name="count">How many different beginnings will be added.</param>
    public InfixFilter(int length, int count)
    {
        Length = length;
        var size = BitOperations.RoundUpToPowerOf2((uint)Math.Max(count * BitsOfEach, 64));
        _bits = new ulong[size >> 6];
        _shift = 64 - BitOperations.Log2(size);
    }

    public int Length { get; }

    public void Add(ReadOnlySpan<char> infix)
    {
        var bit = BitOf(infix[..Length]);
        _bits[bit >> 6] |= 1UL << (int)bit;
    }

    /// <param name="characters">Those at the position, <see cref="Length"/> of them.</param>
    public bool MayBegin(ReadOnlySpan<char> characters)
    {
        var bit = BitOf(characters);
        return (_bits[bit >> 6] & (1UL << (int)bit)) != 0;
    }

    private ulong BitOf(ReadOnlySpan<char> characters)
    {
        // The first two characters and the last two; at length 3 the middle one is in both, at length 2 they are the same.
        var first = Pair(characters);
        var last = Pair(characters[^2..]);
        return ((((ulong)last << 32) | first) * 0x9E37_79B9_7F4A_7C15) >> _shift;
    }

    private static uint Pair(ReadOnlySpan<char> characters) =>
        MemoryMarshal.Read<uint>(MemoryMarshal.AsBytes(characters));
}
