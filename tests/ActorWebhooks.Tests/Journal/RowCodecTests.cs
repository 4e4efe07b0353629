using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using ActorWebhooks.Accounting;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Journal;
using ActorWebhooks.Journal.Epochs;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Outbox;
using ActorWebhooks.Tests.Testing;
using CsCheck;

namespace ActorWebhooks.Tests.Journal;

public sealed class RowCodecTests
{
    private static readonly JournalState State = new()
    {
        Version = 1_234_567_890_123,
        Cursor = new JournalPosition(17, 3),
        Waiting = 42,
        WaitingBytes = 12_345,
        NewestRow = 20,
        DeletedTo = 16,
        DeadCursor = new JournalPosition(5, 0),
        Dead = 7,
        DeadBytes = 4_321,
        NewestDeadRow = 6,
        DeadDeletedTo = 4,
        Delivered = 1_000_000,
        Dropped = ImmutableDictionary<DropReason, long>.Empty.Add(DropReason.Lossy, 2).Add(DropReason.Unreadable, 300),
        IsPaused = true,
        Endpoint = 0x0123_4567_89ab_cdef,
        Segments = new EpochSegments([new EpochSegment(0, 1), new EpochSegment(2, 15)]),
        DeadSegments = new EpochSegments([new EpochSegment(1, 4), new EpochSegment(2, 6)]),
    };

    // Format 1 knew no epochs.
    private static readonly JournalState FirstFormat = State with { Segments = EpochSegments.Unclaimed, DeadSegments = EpochSegments.Unclaimed };

    private readonly ManualTime _time = new();

    [Fact]
    public void State_alone_is_written_as_the_golden_file_has_it() => AssertGolden("state", RowEncoder.Encode(State, (EventRun?)null, _time));

    [Fact]
    public void Events_are_written_as_the_golden_file_has_them() =>
        AssertGolden("events", RowEncoder.Encode(State, Handing.Run(2, Few), _time));

    [Fact]
    public void Dead_letters_are_written_as_the_golden_file_has_them() => AssertGolden("letters", RowEncoder.Encode(State, Letters, _time));

    [Fact]
    public void Dead_letters_of_every_kind_are_written_as_the_golden_file_has_them() =>
        AssertGolden("deaths", RowEncoder.Encode(State, Deaths, _time));

    [Fact]
    public void Waits_are_written_as_the_golden_file_has_them_and_read_as_what_they_were()
    {
        var waits = State with { Wait = new RecordedWait(0xbeef, 12, 1_795_792_500_123, 1_795_792_400_000) };

        AssertGolden("wait", RowEncoder.Encode(waits, (EventRun?)null, _time));
        Assert.True(RowDecoder.TryReadHead(Golden("wait"), out var head, out var fault), fault);
        Assert.Equal(waits.Wait, head.State.Wait);
    }

    [Fact]
    public void Waits_are_found_behind_what_a_later_version_puts_before_them_and_missed_where_they_are_cut()
    {
        Assert.True(RowFrame.TryReadHead(Golden("wait").Bytes, out var whole, out _));
        Assert.True(RowFrame.TryReadHead(Golden("state").Bytes, out var state, out _));
        var section = whole.Span[state.Length..].ToArray();
        Assert.Equal(24, section.Length);

        Assert.Equal(12, FailuresBehind([9, 3, 1, 1, 1, .. section, 9, 0]));
        for (var length = 0; length < section.Length; length++)
            Assert.Equal(0, FailuresBehind(section[..length]));

        int FailuresBehind(byte[] bytes)
        {
            Assert.True(RowDecoder.TryReadHead(new JournalRow(RowFrame.Write([.. state.Span, .. bytes], [])), out var head, out var fault), fault);
            Assert.Equal(State.Version, head.State.Version);
            return head.State.Wait.Failures;
        }
    }

    [Fact]
    public void Fence_and_claim_are_written_as_the_golden_files_have_them()
    {
        AssertGolden("fence", RowEncoder.EncodeFence(JournalState.Empty, "process 7 on há", _time));
        AssertGolden("claim", RowEncoder.EncodeClaim(State, "process 7 on há", _time));
    }

    [Fact]
    public void Fence_and_claim_are_read_as_what_they_were()
    {
        Assert.True(RowDecoder.TryReadHead(Golden("fence"), out var fence, out _));
        Assert.Equal((RowKind.Fence, 0, Some.Time), (fence.Kind, fence.Events, DateTimeOffset.FromUnixTimeMilliseconds(fence.At)));
        Assert.Equal(RowKind.Claim, ReadHead(Golden("claim")).Kind);
        Assert.Equal(("process 7 on há", "process 7 on há"), (RowDecoder.ReadOwner(Golden("fence")), RowDecoder.ReadOwner(Golden("claim"))));
        Assert.Equal("", RowDecoder.ReadOwner(Golden("events")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Golden_rows_are_read_as_what_they_were(int format)
    {
        Assert.Equal((0, 0), (ReadHead(Golden("state", format)).Events, ReadEvents(Golden("state", format)).Count));
        Assert.Equal(Few.Select(Told), ReadEvents(Golden("events", format)).Select(Told));
        Assert.Equal(Many.Select(Told), ReadEvents(Golden("compressed", format)).Select(Told));
        Assert.Equal(Letters.Select(Told), ReadLetters(Golden("letters", format)).Select(Told));
        Assert.Equal(Deaths.Select(Told), ReadLetters(Golden("deaths", format)).Select(Told));
    }

    [Fact]
    public void What_a_later_version_adds_behind_the_state_is_passed_over()
    {
        var row = Golden("state").Bytes;
        Assert.True(RowFrame.TryReadHead(row, out var head, out var fault), fault);
        Assert.Equal(State.Version, ReadHead(new JournalRow(RowFrame.Write([.. head.Span, 1, 2, 3], []))).State.Version);
    }

    [Fact]
    public void Compressed_golden_row_is_compressed_and_is_written_again_as_it_is_but_for_what_the_compressor_does()
    {
        var row = RowEncoder.Encode(State, Handing.Run(3, Many), _time);
        Assert.Equal((1, 1), (Golden("compressed").Bytes[1], row.Bytes[1]));
        Assert.Equal(ReadEvents(Golden("compressed")).Select(Told), ReadEvents(row).Select(Told));
    }

    [Fact]
    public void Any_events_are_read_as_they_were_written_with_their_age() =>
        Gen.Int[0, 2_000].Array[1, 60].Sample(sizes =>
        {
            var time = new ManualTime();
            var page = new EventPage(sizes.Sum(size => size + 400));
            var moments = new List<TimeSpan>();
            foreach (var size in sizes)
            {
                time.Pass(TimeSpan.FromMilliseconds(size));
                moments.Add(time.Now());
                Assert.True(page.TryAppend(Some.EventOfSize($"{moments.Count}", size + 8).Encoded, time.Now()));
            }

            var row = RowEncoder.Encode(State, new EventRun([new EventSlice(page, 0, page.Count)]), time);
            Assert.True(RowDecoder.TryReadEvents(row, ReadHead(row), time, out var read, out var fault), fault);
            Assert.Equal(sizes.Length, read!.Count);
            for (var i = 0; i < read.Count; i++)
            {
                Assert.Equal(page.Bytes(page.StartOf(i), page.EndOf(i)).ToArray(), read.Bytes(read.StartOf(i), read.EndOf(i)).ToArray());
                Assert.InRange((read.AcceptedAt(i) - moments[i]).TotalMilliseconds, -1, 1);
            }
        });

    [Fact]
    public void Any_damage_is_found_and_leaves_the_state_if_it_is_behind_it()
    {
        var rows = new[] { Golden("events"), Golden("deaths"), RowEncoder.Encode(State, Handing.Run(50, Enumerable.Range(0, 50).Select(i => Some.EventOfSize($"{i}", 200))), _time) };
        Gen.Select(Gen.Int[0, 2], Gen.Double[0, 0.999999], Gen.Int[0, 7], Gen.Bool).Sample((which, where, bit, isCut) =>
        {
            var bytes = rows[which].Bytes.ToArray();
            var at = (int)(where * bytes.Length);
            if (isCut)
                bytes = bytes[..at];
            else
                bytes[at] ^= (byte)(1 << bit);
            var row = new JournalRow(bytes);
            if (!RowDecoder.TryReadHead(row, out var head, out var fault))
            {
                Assert.NotEmpty(fault);
                return;
            }

            Assert.Equal(State.Version, head.State.Version);
            Assert.False(RowDecoder.TryReadEvents(row, head, _time, out _, out fault));
            Assert.NotEmpty(fault);
            Assert.False(RowDecoder.TryReadLetters(row, head, out var letters, out fault));
            Assert.NotEmpty(fault);
            Assert.Empty(letters);
        });
    }

    [Fact]
    public void Flipped_bit_of_the_body_leaves_the_head_and_one_before_it_leaves_nothing()
    {
        var intact = Golden("compressed").Bytes;
        var body = intact.Length - BinaryPrimitives.ReadInt32LittleEndian(intact.AsSpan(6));
        Gen.Select(Gen.Int[0, intact.Length - 1], Gen.Int[0, 7]).Sample((at, bit) =>
        {
            var bytes = intact.ToArray();
            bytes[at] ^= (byte)(1 << bit);

            // The checksum of the body is the one thing before it that the head's does not cover.
            var isHeadWhole = at >= body || at is >= 22 and < 30;
            Assert.Equal(isHeadWhole, RowDecoder.TryReadHead(new JournalRow(bytes), out var head, out _));
            if (isHeadWhole)
                Assert.Equal((State.Version, 10), (head.State.Version, head.Events));
        });
    }

    [Fact]
    public void Row_of_a_later_format_is_told_by_its_number()
    {
        var bytes = Golden("events").Bytes;
        bytes[0] = 3;
        Assert.False(RowDecoder.TryReadHead(new JournalRow(bytes), out _, out var fault));
        Assert.Contains("format is 3", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_row_are_told_from_one() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            Assert.False(RowDecoder.TryReadHead(new JournalRow(bytes), out _, out var fault));
            Assert.NotEmpty(fault);
        });

    private static WebhookEvent[] Few => [Some.Event("1"), Some.EventOfSize("2", 60), Some.Event("3")];

    // More than what is left uncompressed.
    private static IEnumerable<WebhookEvent> Many => Enumerable.Range(0, 10).Select(i => Some.EventOfSize($"{i}", 100 + i));

    private static DeadLetter[] Letters =>
    [
        new(Some.Event("1"), DeadLetterReason.Refused, Some.Time, 422, "no: é, 日本"),
        new(Some.Event("2"), DeadLetterReason.Refused, Some.Time, 422, "no: é, 日本"),
        new(Some.Event("3"), DeadLetterReason.Expired, Some.Time, null, ""),
    ];

    // Every reason, and few enough to stay uncompressed.
    private static DeadLetter[] Deaths =>
    [
        new(Some.Event("1"), DeadLetterReason.Refused, Some.Time - TimeSpan.FromDays(2), 400, "é 日本 🚫"),
        new(Some.Event("2"), DeadLetterReason.Expired, Some.Time, null, "Timeout"),
        new(Some.Event("3"), DeadLetterReason.Gone, Some.Time, 410, ""),
        new(Some.Event("4"), DeadLetterReason.Unreadable, Some.Time, null, "torn"),
    ];

    private static (string Id, string Type, DateTimeOffset CreatedAt, string Data) Told(WebhookEvent e) =>
        (e.Id, e.Type, e.CreatedAt, Encoding.UTF8.GetString(e.Data.Span));

    private static ((string, string, DateTimeOffset, string), DeadLetterReason, DateTimeOffset, int?, string) Told(DeadLetter letter) =>
        (Told(letter.Event), letter.Reason, letter.At, letter.Status, letter.Response);

    private static List<DeadLetter> ReadLetters(JournalRow row)
    {
        Assert.True(RowDecoder.TryReadLetters(row, ReadHead(row), out var letters, out var fault), fault);
        return letters;
    }

    private static RowHead ReadHead(JournalRow row)
    {
        Assert.True(RowDecoder.TryReadHead(row, out var head, out var fault), fault);
        Assert.Equal((row.Bytes[0] == 1 ? FirstFormat : State) with { Dropped = head.State.Dropped }, head.State);
        Assert.Equal(State.Dropped.OrderBy(pair => pair.Key), head.State.Dropped.OrderBy(pair => pair.Key));
        return head;
    }

    private List<WebhookEvent> ReadEvents(JournalRow row)
    {
        Assert.True(RowDecoder.TryReadEvents(row, ReadHead(row), _time, out var page, out var fault), fault);
        return page is null ? [] : new EventRun([new EventSlice(page, 0, page.Count)]).Decode();
    }

    private static JournalRow Golden(string name, int format = 2) => new(Convert.FromHexString(GoldenFile(name, format)));

    private static void AssertGolden(string name, JournalRow row) => Assert.Equal(GoldenFile(name), Convert.ToHexString(row.Bytes));

    private static string GoldenFile(string name, int format = 2)
    {
        using var stream = typeof(RowCodecTests).Assembly.GetManifestResourceStream($"row-{format}-{name}.hex")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("");
    }
}
