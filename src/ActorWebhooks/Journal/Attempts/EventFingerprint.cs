using System.Buffers.Binary;
using System.IO.Hashing;

namespace ActorWebhooks.Journal.Attempts;

/// <summary>
/// What stands in the log of attempts for the id of an event: 48 bits of its XXH3, whatever its form. That another event has the same happens once
/// in 281 trillion cases, so among the eleven million events that 64 MiB hold once in 25 million searches. Each row has a seed of its own, so that
/// nobody who chooses ids can choose ones that are alike.
/// </summary>
internal static class EventFingerprint
{
    public const int Length = 6;

    private const ulong Mask = (1UL << (8 * Length)) - 1;

    public static ulong Of(ReadOnlySpan<byte> id, ulong seed) => XxHash3.HashToUInt64(id, (long)seed) & Mask;

    /// <param name="to">At least <see cref="Length"/> bytes.</param>
    public static void Write(Span<byte> to, ulong fingerprint)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(to, (uint)fingerprint);
        BinaryPrimitives.WriteUInt16LittleEndian(to[sizeof(uint)..], (ushort)(fingerprint >> 32));
    }

    /// <returns>The place of the first that is the same; -1 if none is.</returns>
    public static int IndexIn(ReadOnlySpan<byte> fingerprints, ulong fingerprint)
    {
        var (low, high) = ((uint)fingerprint, (ushort)(fingerprint >> 32));
        for (var at = 0; at + Length <= fingerprints.Length; at += Length)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(fingerprints[at..]) == low
                && BinaryPrimitives.ReadUInt16LittleEndian(fingerprints[(at + sizeof(uint))..]) == high)
            {
                return at / Length;
            }
        }

        return -1;
    }
}
