using System.Buffers.Binary;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Events;
using ActorWebhooks.Journal;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Tests.Testing;
using CsCheck;

namespace ActorWebhooks.Tests.Journal;

/// <summary>Rows whose checksums match, and that are nonsense all the same.</summary>
public sealed class MalformedRowTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Body_of_any_bytes_is_a_fault_or_read_and_never_thrown_over() =>
        Gen.Select(Gen.Int[1, 40], Gen.Byte.Array[0, 400]).Sample((events, body) => AssertToldOrRead(RowOf(events, body), events));

    [Fact]
    public void Body_that_was_changed_under_a_checksum_that_matches_is_a_fault_or_read_and_never_thrown_over()
    {
        var rows = new[] { Letters(), Events() };
        Gen.Select(Gen.Int[0, 1], Gen.Select(Gen.Double[0, 0.999999], Gen.Byte).Array[1, 4], Gen.Int[0, 3]).Sample((which, changes, more) =>
        {
            Assert.True(RowDecoder.TryReadHead(rows[which], out var head, out var fault), fault);
            Assert.True(RowFrame.TryReadBody(rows[which].Bytes, out var body, out fault), fault);
            foreach (var (where, value) in changes)
                body[(int)(where * body.Length)] = value;
            AssertToldOrRead(RowOf(head.Events + more, body), head.Events + more);
        });
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1_000_000)]
    public void Head_that_claims_more_events_than_the_body_has_bytes_is_a_fault_at_no_cost(int events)
    {
        var row = RowOf(events, new byte[64]);
        Assert.True(RowDecoder.TryReadHead(row, out var head, out _));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.False(RowDecoder.TryReadEvents(row, head, _time, out _, out var fault));
        Assert.NotEmpty(fault);
        Assert.False(RowDecoder.TryReadLetters(row, head, out _, out fault));
        Assert.NotEmpty(fault);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Body_that_claims_to_be_larger_than_its_bytes_can_hold_is_a_fault_at_no_cost()
    {
        var bytes = RowFrame.Write([], new byte[200_000]);
        Assert.True(RowFrame.TryReadBody(bytes, out _, out _));
        Assert.Equal(1, bytes[1]);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(10), RowFrame.MaxBodyBytes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.False(RowFrame.TryReadBody(bytes, out _, out var fault));
        Assert.Contains("claims to have", fault, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Head_of_any_bytes_under_a_checksum_that_matches_is_a_fault_or_read_and_never_thrown_over() =>
        Gen.Byte.Array[0, 120].Sample(head =>
        {
            if (!RowDecoder.TryReadHead(new JournalRow(RowFrame.Write(head, [])), out _, out var fault))
                Assert.NotEmpty(fault);
        });

    [Fact]
    public void Row_with_what_is_no_event_is_a_fault()
    {
        var row = Events();
        Assert.True(RowDecoder.TryReadHead(row, out var head, out var fault), fault);
        Assert.True(RowFrame.TryReadBody(row.Bytes, out var body, out fault), fault);
        body[^1] = (byte)']';
        Assert.False(RowDecoder.TryReadEvents(RowOf(head.Events, body), head, _time, out _, out fault));
        Assert.NotEmpty(fault);

        row = Letters();
        Assert.True(RowDecoder.TryReadHead(row, out head, out fault), fault);
        Assert.True(RowFrame.TryReadBody(row.Bytes, out body, out fault), fault);
        body[^1] = (byte)']';
        Assert.False(RowDecoder.TryReadLetters(RowOf(head.Events, body), head, out _, out fault));
        Assert.NotEmpty(fault);
    }

    [Fact]
    public void Row_of_events_is_no_row_of_dead_letters()
    {
        var row = Events();
        Assert.True(RowDecoder.TryReadHead(row, out var head, out _));
        Assert.False(RowDecoder.TryReadLetters(row, head, out _, out var fault));
        Assert.NotEmpty(fault);
    }

    private void AssertToldOrRead(JournalRow row, int events)
    {
        Assert.True(RowDecoder.TryReadHead(row, out var head, out var fault), fault);
        Assert.Equal(events, head.Events);
        if (RowDecoder.TryReadEvents(row, head, _time, out var page, out fault))
        {
            Assert.Equal(events, page!.Count);
            for (var i = 0; i < events; i++)
                Assert.True(EventEncoding.IsEvent(page.Bytes(page.StartOf(i), page.EndOf(i)).Span));
        }
        else
            Assert.NotEmpty(fault);
        if (RowDecoder.TryReadLetters(row, head, out var letters, out fault))
            Assert.Equal(events, letters.Count);
        else
            Assert.NotEmpty(fault);
    }

    private JournalRow Events() => RowEncoder.Encode(JournalState.Empty, Handing.Run(3, Some.Event("1"), Some.Event("2"), Some.Event("3")), _time);

    private JournalRow Letters() => RowEncoder.Encode(
        JournalState.Empty,
        [
            new DeadLetter(Some.Event("1"), DeadLetterReason.Refused, Some.Time, 422, "no"),
            new DeadLetter(Some.Event("2"), DeadLetterReason.Expired, Some.Time, null, ""),
        ],
        _time);

    private static JournalRow RowOf(int events, byte[] body)
    {
        using var head = new MemoryStream();
        using (var writer = new BinaryWriter(head))
        {
            writer.Write((byte)RowKind.Data);
            writer.Write7BitEncodedInt(events);
            writer.Write7BitEncodedInt64(Some.Time.ToUnixTimeMilliseconds());
            JournalState.Empty.Write(writer);
        }

        return new JournalRow(RowFrame.Write(head.ToArray(), body));
    }
}
