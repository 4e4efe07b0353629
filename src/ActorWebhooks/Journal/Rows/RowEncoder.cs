using ActorWebhooks.DeadLetters;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Journal.Rows;

/// <summary>
/// Makes rows. Head: the kind, the number of events, the milliseconds since 1970 that its times count from, and the state. Body: for each
/// event the length of its wire form and the milliseconds of its acceptance; for dead letters then the runs that share reason, time and
/// response; then the wire forms, one behind the other. The body of a fence or a claim is the name of its writer in UTF-8. Numbers are 7-bit
/// encoded.
/// </summary>
internal static class RowEncoder
{
    /// <param name="events">What the row adds to the outbox; null when it only says how far things are.</param>
    public static JournalRow Encode(JournalState state, EventRun? events, TimeProvider time)
    {
        var clock = new WallClock(time);
        if (events is null)
            return Encode(RowKind.Data, state, 0, clock.At(time.Now()), 0, static _ => { });
        var began = clock.At(events.AcceptedAt);
        return Encode(RowKind.Data, state, events.Count, began, SizeOf(events), body => WriteEvents(body, events, clock, began));
    }

    /// <param name="letters">What the row adds to the dead letters.</param>
    public static JournalRow Encode(JournalState state, IReadOnlyList<DeadLetter> letters, TimeProvider time)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return Encode(RowKind.Data, state, letters.Count, now, 0, body => WriteLetters(body, letters, now));
    }

    /// <param name="owner">The name of the process that writes it, for the log of the other.</param>
    public static JournalRow EncodeFence(JournalState state, string owner, TimeProvider time) => EncodeNamed(RowKind.Fence, state, owner, time);

    /// <param name="state">What the owner begins with.</param>
    /// <param name="owner">The name of the process that writes it.</param>
    public static JournalRow EncodeClaim(JournalState state, string owner, TimeProvider time) => EncodeNamed(RowKind.Claim, state, owner, time);

    private static JournalRow EncodeNamed(RowKind kind, JournalState state, string owner, TimeProvider time) =>
        Encode(kind, state, 0, time.GetUtcNow().ToUnixTimeMilliseconds(), owner.Length, body => body.Write(System.Text.Encoding.UTF8.GetBytes(owner)));

    private static JournalRow Encode(RowKind kind, JournalState state, int events, long began, int bodyLength, Action<BinaryWriter> writeBody)
    {
        using var head = new MemoryStream(128);
        using (var writer = new BinaryWriter(head, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write((byte)kind);
            writer.Write7BitEncodedInt(events);
            writer.Write7BitEncodedInt64(began);
            state.Write(writer);
        }

        using var body = new MemoryStream(bodyLength);
        using (var writer = new BinaryWriter(body, System.Text.Encoding.UTF8, leaveOpen: true))
            writeBody(writer);
        return new JournalRow(RowFrame.Write(head.GetBuffer().AsSpan(0, (int)head.Length), body.GetBuffer().AsSpan(0, (int)body.Length)));
    }

    // What it will be at most, so that nothing is copied as it grows.
    private static int SizeOf(EventRun events)
    {
        const int Slot = 10;
        var size = events.Count * Slot;
        foreach (var slice in events.Slices)
            size += slice.Length;
        return size;
    }

    private static void WriteEvents(BinaryWriter body, EventRun events, WallClock clock, long began)
    {
        foreach (var slice in events.Slices)
        {
            for (var i = slice.From; i < slice.To; i++)
            {
                body.Write7BitEncodedInt(slice.Page.EndOf(i) - slice.Page.StartOf(i));
                body.Write7BitEncodedInt64(clock.At(slice.Page.AcceptedAt(i)) - began);
            }
        }

        foreach (var slice in events.Slices)
        {
            for (var i = slice.From; i < slice.To; i++)
                body.Write(slice.Page.Bytes(slice.Page.StartOf(i), slice.Page.EndOf(i)).Span);
        }
    }

    private static void WriteLetters(BinaryWriter body, IReadOnlyList<DeadLetter> letters, long now)
    {
        foreach (var letter in letters)
        {
            body.Write7BitEncodedInt(letter.Event.Encoded.Length);
            body.Write7BitEncodedInt64(0);
        }

        for (int start = 0, end; start < letters.Count; start = end)
        {
            var first = letters[start];
            for (end = start + 1; end < letters.Count && IsSameDeath(first, letters[end]); end++)
            {
            }

            body.Write7BitEncodedInt(end - start);
            body.Write((byte)first.Reason);
            body.Write7BitEncodedInt64(now - first.At.ToUnixTimeMilliseconds());
            body.Write7BitEncodedInt(first.Status ?? 0);
            body.Write(first.Response);
        }

        foreach (var letter in letters)
            body.Write(letter.Event.Encoded);
    }

    private static bool IsSameDeath(DeadLetter one, DeadLetter other) =>
        (one.Reason, one.At, one.Status) == (other.Reason, other.At, other.Status) && one.Response == other.Response;
}
