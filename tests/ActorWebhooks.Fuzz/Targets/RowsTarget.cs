using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Hashing;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Journal;
using ActorWebhooks.Journal.Rows;

namespace ActorWebhooks.Fuzz.Targets;

/// <summary>
/// A row of the journal, as whoever writes to the database may make it. The input is read as the length of the head (2 bytes), head and body, and as a
/// whole row; the checksums are made right, so that what is behind them is read.
/// </summary>
internal static class RowsTarget
{
    private const int LengthBytes = 2;

    // Of RowFrame.
    private const int FrameLength = 30;
    private const int HeadChecksum = 14;
    private const int BodyChecksum = 22;

    public static FuzzTarget Target { get; } = new(
        "rows", [.. Rows().Select(Taken), .. Rows().Select(row => row.Bytes)], [[0xff, 0xff, 0xff, 0xff, 0x0f], [0x80], [0xff, 0xff, 0xff, 0x7f], .. Bytes.Of("{}", "{\"a\":1}")], Run, BytesPerByte: 2_000);

    private static void Run(byte[] input)
    {
        Read(new JournalRow(input));
        if (input.Length < LengthBytes)
            return;
        Read(new JournalRow(WithRightChecksums([.. input])));
        var rest = input.AsSpan(LengthBytes);
        var length = Math.Min(rest.Length, BinaryPrimitives.ReadUInt16LittleEndian(input));
        Read(new JournalRow(RowFrame.Write(rest[..length], rest[length..])));
    }

    // The numbers in the frame stay what they are.
    private static byte[] WithRightChecksums(byte[] row)
    {
        if (row.Length < FrameLength || BinaryPrimitives.ReadInt32LittleEndian(row.AsSpan(2)) is not (>= 0 and var length) || length > row.Length - FrameLength)
            return row;
        var head = new XxHash3();
        head.Append(row.AsSpan(0, HeadChecksum));
        head.Append(row.AsSpan(FrameLength, length));
        BinaryPrimitives.WriteUInt64LittleEndian(row.AsSpan(HeadChecksum), head.GetCurrentHashAsUInt64());
        BinaryPrimitives.WriteUInt64LittleEndian(row.AsSpan(BodyChecksum), XxHash3.HashToUInt64(row.AsSpan(FrameLength + length)));
        BinaryPrimitives.WriteInt32LittleEndian(row.AsSpan(6), row.Length - FrameLength - length);
        return row;
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
        yield return RowEncoder.Encode(
            JournalState.Empty with { Wait = new RecordedWait(0x1234, 5, 1_800_000_000_000, 1_800_000_000_000) },
            null as ActorWebhooks.Outbox.EventRun,
            TimeProvider.System);
        var longer = WebhookEvent.FromJson("a.b", $$"""{"a":"{{new string('x', 3_000)}}"}""", "id");
        yield return RowEncoder.Encode(JournalState.Empty, [new DeadLetter(longer, DeadLetterReason.Refused, DateTimeOffset.UnixEpoch, 422, "no")], TimeProvider.System);
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
