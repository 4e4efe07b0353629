using System.Buffers;
using System.Buffers.Text;

namespace ActorWebhooks.LoadTest.Receiving;

/// <summary>
/// Finds the events of a body by the one member that all of them have, <c>"sentAt":</c>, wherever the pieces of the body are cut. It is
/// as cheap as it gets, so that the receiver takes little of the machine.
/// </summary>
internal sealed class EventScanner
{
    private const int LongestNumber = 20;

    private readonly byte[] _seam = new byte[(2 * Marker.Length) + (2 * LongestNumber)];
    private int _kept;

    private static ReadOnlySpan<byte> Marker => "\"sentAt\":"u8;

    private static int Lookback => Marker.Length + LongestNumber;

    /// <summary>Calls <paramref name="found"/> with the reading of the clock in each event of the next part of a body.</summary>
    public void Scan(ReadOnlySequence<byte> body, Action<long> found)
    {
        foreach (var piece in body)
            Scan(piece.Span, found);
    }

    /// <summary>The body is over.</summary>
    public void End(Action<long> found)
    {
        ScanWhole(_seam.AsSpan(0, _kept), _kept, found);
        _kept = 0;
    }

    private void Scan(ReadOnlySpan<byte> piece, Action<long> found)
    {
        // What could begin in the former piece and end in this one is looked for where both are joined.
        var joined = Math.Min(piece.Length, Lookback);
        piece[..joined].CopyTo(_seam.AsSpan(_kept));
        if (piece.Length < Lookback)
        {
            var length = _kept + joined;
            var settled = Math.Max(0, length - Lookback);
            ScanWhole(_seam.AsSpan(0, length), settled, found);
            _seam.AsSpan(settled, length - settled).CopyTo(_seam);
            _kept = length - settled;
            return;
        }

        ScanWhole(_seam.AsSpan(0, _kept + joined), _kept, found);
        ScanWhole(piece, piece.Length - Lookback, found);
        piece[^Lookback..].CopyTo(_seam);
        _kept = Lookback;
    }

    // Events whose marker begins before the limit.
    private static void ScanWhole(ReadOnlySpan<byte> bytes, int limit, Action<long> found)
    {
        var offset = 0;
        while (bytes[offset..].IndexOf(Marker) is >= 0 and var at && offset + at < limit)
        {
            offset += at + Marker.Length;
            if (Utf8Parser.TryParse(bytes[offset..], out long sentAt, out _))
                found(sentAt);
        }
    }
}
