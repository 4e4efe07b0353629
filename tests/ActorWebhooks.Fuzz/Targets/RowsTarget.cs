using System.Buffers.Binary;
using System.Collections.Immutable;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Journal;
using ActorWebhooks.Journal.Rows;

namespace ActorWebhooks.Fuzz.Targets;

/// <summary>
/// A row of the journal, as whoever writes to the database may make it. The input is the length of the head (2 bytes), head and body; the checksums
/// are right, so that what is behind them is read. The same bytes are read as a whole row too.
/// </summary>
internal static class RowsTarget
{
    private const int LengthBytes = 2;

    public static FuzzTarget Target { get; } = new(
        "rows", [.. Rows().Select(Taken)], [[0xff, 0xff, 0xff, 0xff, 0x0f], [0x80], [0xff, 0xff, 0xff, 0x7f], .. Bytes.Of("{}", "{\"a\":1}")], Run, BytesPerByte: 2_000);

    private static void Run(byte[] input)
    {
        Read(new JournalRow(input));
        if (input.Length < LengthBytes)
            return;
        var rest = input.AsSpan(LengthBytes);
        var length = Math.Min(rest.Length, BinaryPrimitives.ReadUInt16LittleEndian(input));
        Read(new JournalRow(RowFrame.Write(rest[..length], rest[length..])));
    }

    private static void Read(JournalRow row)
    {
        _ = RowDecoder.ReadOwner(row);
        if (!RowDecoder.TryReadHead(row, out var head, out _))
            return;
        if (RowDecoder.TryReadEvents(row, head, TimeProvider.System, out var page, out _) && page is not null && page.Count != head.Events)
            throw new InvalidOperationException($"{page.Count} events, and the head says {head.Events}.");
        if (!RowDecoder.TryReadLetters(row, head, out var letters, out _))
            return;
        foreach (var letter in letters)
            _ = $"{letter.Event.Id} {letter.Event.Type} {letter.Event.Data.Length} {letter.Event.CreatedAt} {letter.Reason} {letter.At} {letter.Response}";
    }

    private static IEnumerable<JournalRow> Rows()
    {
        var e = WebhookEvent.FromJson("a.b", """{"a":1}""", "id");
        ImmutableArray<DeadLetter> letters = [new(e, DeadLetterReason.Refused, DateTimeOffset.UnixEpoch, 422, "no"), new(e, DeadLetterReason.Expired, DateTimeOffset.UnixEpoch, null, "")];
        yield return RowEncoder.Encode(JournalState.Empty, letters, TimeProvider.System);
        yield return RowEncoder.Encode(JournalState.Empty with { Delivered = 7, Waiting = 3, IsPaused = true }, null as ActorWebhooks.Outbox.EventRun, TimeProvider.System);
        yield return RowEncoder.EncodeFence(JournalState.Empty, "node-1", TimeProvider.System);
        yield return RowEncoder.EncodeClaim(JournalState.Empty, "node-2", TimeProvider.System);
    }

    private static byte[] Taken(JournalRow row)
    {
        RowFrame.TryReadHead(row.Bytes, out var head, out _);
        RowFrame.TryReadBody(row.Bytes, out var body, out _);
        var length = new byte[LengthBytes];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)head.Length);
        return [.. length, .. head.Span, .. body];
    }
}
