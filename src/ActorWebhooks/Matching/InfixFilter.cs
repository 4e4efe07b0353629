using System.Numerics;
using System.Runtime.CompilerServices;

namespace ActorWebhooks.Matching;

/// <summary>
/// Says of nearly every position that none of the infixes behind a star begins there, from a few characters and without touching
/// the trie. It errs one way only: a position at which one begins always passes. Pays where a star has many infixes behind it.
/// </summary>
internal sealed class InfixFilter
{
    public const int MinLength = 2;
    public const int MaxLength = sizeof(ulong);

    /// <summary>How many positions one answer is about.</summary>
    public const int Positions = 64;

    private const int BitsOfEach = 16;
    private const int BitsOfCharacter = 8;

    private readonly ulong[] _bits;
    private readonly int _lastCharacter;
    private readonly int _shift;

    /// <param name="length">How many characters are looked at; no infix is shorter.</param>
    /// <param name="count">How many different beginnings will be added.</param>
    public InfixFilter(int length, int count)
    {
        Length = length;
        _lastCharacter = (length - 1) * BitsOfCharacter;
        var size = BitOperations.RoundUpToPowerOf2((uint)Math.Max(count * BitsOfEach, 64));
        _bits = new ulong[size >> 6];
        _shift = 64 - BitOperations.Log2(size);
    }

    public int Length { get; }

    public void Add(ReadOnlySpan<char> infix)
    {
        var bit = BitOf(WindowOf(infix[..Length]));
        _bits[bit >> 6] |= 1UL << bit;
    }

    /// <summary>At which of the first <see cref="Positions"/> positions of <paramref name="text"/> an infix may begin, a bit for each.</summary>
    /// <remarks>Not inlined, so that all that the loop works with is in registers.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ulong Candidates(ReadOnlySpan<char> text)
    {
        if (text.Length < Length)
            return 0;
        var bits = _bits;
        var window = WindowOf(text[..(Length - 1)]);
        var ends = text[(Length - 1)..Math.Min(text.Length, Length - 1 + Positions)];
        var candidates = 0UL;
        for (var i = 0; i < ends.Length; i++)
        {
            window = Move(window, ends[i]);
            var bit = BitOf(window);

            // Without a branch, which would be mispredicted at every infix.
            candidates |= ((bits[bit >> 6] >> bit) & 1) << i;
        }

        return candidates;
    }

    private ulong WindowOf(ReadOnlySpan<char> characters)
    {
        var window = 0UL;
        foreach (var c in characters)
            window = Move(window, c);
        return window;
    }

    /// <summary>
    /// The window of <see cref="Length"/> characters, one further. A character is one byte here, as no infix has any that needs two.
    /// </summary>
    private ulong Move(ulong window, char next) => (window >> BitsOfCharacter) | ((ulong)(byte)next << _lastCharacter);

    private int BitOf(ulong window) => (int)((window * 0x9E37_79B9_7F4A_7C15) >> _shift);
}
