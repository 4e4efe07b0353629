using System.Text;
using ActorWebhooks.Delivery;
using ActorWebhooks.Journal.Attempts;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Tests.Testing;
using CsCheck;

namespace ActorWebhooks.Tests.Journal.Attempts;

public sealed class AttemptRowTests
{
    private const ulong Seed = 0x0123_4567_89ab_cdef;
    private const string Uuid = "019f2b7c8f5e7b0eb2a53f1d8c9e0a11";

    private static readonly Gen<string> Id = Gen.OneOf(
        Gen.Int[0, 40].Select(i => $"{i}"), Gen.Guid.Select(id => id.ToString()), Gen.Const(new string('~', 128)));

    private static readonly Gen<(string Id, string Type)> Event = Gen.Select(
        Id, Gen.Int[0, 80].Select(i => $"type.{i}"), (id, type) => (id, type));

    private static readonly Gen<AttemptOutcome> Outcome = Gen.Select(
        Gen.Enum<AttemptEnd>(),
        Gen.Int[100, 599].Nullable(),
        Gen.Frequency((1, Gen.Const((string?)null)), (2, Gen.String[Gen.Char[' ', '~'], 0, 100].Select(text => (string?)text))),
        Gen.String[Gen.Char[' ', '~'], 0, 100],
        (end, status, error, response) => new AttemptOutcome(end, status, error, response));

    private static readonly Gen<(Attempt Attempt, (string Id, string Type)[] Events)> OneAttempt = Gen.Select(
        Gen.Int[0, 1_000_000],
        Gen.OneOf(Gen.Int[0, 5].Select(i => $"batch {i}"), Gen.Guid.Select(id => id.ToString("N")), Gen.Guid.Select(id => id.ToString("N").ToUpperInvariant())),
        Event.Array[1, 30],
        Gen.Int[0, 1_000_000],
        Outcome,
        Gen.Enum<Decision>(),
        Gen.Long[0, 1L << 40],
        (after, batch, events, bytes, outcome, decision, latency) => (
            new Attempt(Some.Time.AddMilliseconds(after), batch, events.Length, bytes, outcome, decision, TimeSpan.FromTicks(latency)), events));

    [Fact]
    public void Attempts_are_written_as_the_golden_file_has_them() => Assert.Equal(GoldenFile(), Convert.ToHexString(Few().Encode(7, 1_000).Bytes));

    [Fact]
    public void Golden_row_is_read_as_what_it_was()
    {
        var row = new JournalRow(Convert.FromHexString(GoldenFile()));

        Assert.True(AttemptRow.TryReadHead(row, out var head, out var fault), fault);
        var from = Some.Time.ToUnixTimeMilliseconds();
        Assert.Equal(new AttemptRowHead(7, 1_000, from, from + 1_500, 3, 4, Seed), head);
        Assert.Equal((2, "auth.success"), Found(row, head, "1"));
        Assert.Equal((2, "auth.failed"), Found(row, head, "2"));
        Assert.Equal((1, "auth.success"), Found(row, head, "018f5f6c-0000-7000-8000-000000000000"));
        Assert.Equal((0, null), Found(row, head, "3"));
        Assert.Equal(Attempts, All(row, head, "1", "018f5f6c-0000-7000-8000-000000000000"));
    }

    [Fact]
    public void Any_attempts_are_found_by_the_events_that_they_had_and_by_no_other() =>
        Gen.Select(OneAttempt.Array[1, 12], Gen.ULong).Sample((attempts, seed) =>
        {
            var draft = new AttemptDraft(seed);

            // A batch has the same events in every attempt.
            var eventsOf = new Dictionary<string, (string Id, string Type)[]>();
            var added = new List<Attempt>();
            foreach (var (attempt, events) in attempts)
            {
                eventsOf.TryAdd(attempt.BatchId, events);
                added.Add(attempt with { Events = eventsOf[attempt.BatchId].Length });
                draft.Add(added[^1], Handing.Run(7, eventsOf[attempt.BatchId].Select(e => Some.Event(e.Id, e.Type))));
            }

            var row = draft.Encode(1, 2);
            Assert.True(AttemptRow.TryReadHead(row, out var head, out var fault), fault);
            Assert.Equal(attempts.Length, head.Count);
            foreach (var id in eventsOf.Values.SelectMany(events => events).Select(e => e.Id).Append("none").Distinct())
            {
                var found = new List<Attempt>();
                Assert.True(AttemptRow.TryFind(row, head, Encoding.UTF8.GetBytes(id), found, out var type, out fault), fault);
                Assert.Equal(added.Where(attempt => eventsOf[attempt.BatchId].Any(e => e.Id == id)), found);
                if (type is not null)
                    Assert.Contains((id, type), eventsOf.Values.SelectMany(events => events));
            }
        });

    [Fact]
    public void Events_of_more_types_than_are_kept_are_found_without_their_type()
    {
        var draft = new AttemptDraft(Seed);
        draft.Add(Attempts[0] with { Events = 100 }, Handing.Run(100, Enumerable.Range(0, 100).Select(i => Some.Event($"{i}", $"type.{i}"))));
        var row = draft.Encode(1, 0);
        Assert.True(AttemptRow.TryReadHead(row, out var head, out _));

        Assert.Equal((1, "type.63"), Found(row, head, "63"));
        Assert.Equal((1, null), Found(row, head, "64"));
    }

    [Fact]
    public void Event_takes_six_bytes_whatever_its_id()
    {
        var draft = new AttemptDraft(Seed);
        draft.Add(Attempts[0] with { Events = 1_000 }, Handing.Run(1_000, Enumerable.Range(0, 1_000).Select(i => Some.Event(new string('x', 120) + i))));

        Assert.InRange(draft.Encode(1, 0).Bytes.Length, 6_000, 6_200);
    }

    [Fact]
    public void Long_errors_and_responses_are_cut()
    {
        var draft = new AttemptDraft(Seed);
        draft.Add(
            Attempts[0] with { Outcome = new AttemptOutcome(AttemptEnd.Response, 500, new string('e', 5_000), new string('r', 5_000)) },
            Handing.Run(1, Some.Event("1")));
        var row = draft.Encode(1, 0);
        Assert.True(AttemptRow.TryReadHead(row, out var head, out _));

        var outcome = Assert.Single(All(row, head, "1")).Outcome;
        Assert.Equal(AttemptDraft.MaxText + 1, outcome.Error!.Length);
        Assert.Equal(AttemptDraft.MaxText + 1, outcome.Response.Length);
    }

    [Fact]
    public void Any_damage_is_found() => Gen.Select(Gen.Double[0, 0.999999], Gen.Int[0, 7], Gen.Bool).Sample((where, bit, isCut) =>
    {
        var bytes = Convert.FromHexString(GoldenFile());
        var at = (int)(where * bytes.Length);
        if (isCut)
            bytes = bytes[..at];
        else
            bytes[at] ^= (byte)(1 << bit);
        var row = new JournalRow(bytes);
        var found = new List<Attempt>();
        var isRead = AttemptRow.TryReadHead(row, out var head, out var fault) && AttemptRow.TryFind(row, head, "1"u8, found, out _, out fault);
        Assert.False(isRead);
        Assert.NotEmpty(fault);
        Assert.Empty(found);
    });

    // With checksums that are right, as from somebody who may write to the database.
    [Fact]
    public void Whatever_head_and_body_hold_nothing_is_thrown_and_what_cannot_be_read_is_told() =>
        Gen.Select(Gen.Select(Gen.Double[0, 0.999999], Gen.Byte).Array[1, 4], Gen.Bool).Sample((changes, isOfHead) =>
        {
            var bytes = Convert.FromHexString(GoldenFile());
            Assert.True(RowFrame.TryReadHead(bytes, out var headBytes, out _));
            Assert.True(RowFrame.TryReadBody(bytes, out var body, out _));
            var head = headBytes.ToArray();
            foreach (var (where, value) in changes)
            {
                var changed = isOfHead ? head : body;
                changed[(int)(where * changed.Length)] = value;
            }

            var row = new JournalRow(RowFrame.Write(head, body));
            if (!AttemptRow.TryReadHead(row, out var read, out var fault) || !AttemptRow.TryFind(row, read, "1"u8, [], out _, out fault))
                Assert.NotEmpty(fault);
        });

    [Fact]
    public void Rows_of_other_streams_are_no_rows_of_attempts()
    {
        var row = RowEncoder.EncodeFence(ActorWebhooks.Journal.JournalState.Empty, "other", new ManualTime());

        Assert.False(AttemptRow.TryReadHead(row, out _, out var fault));
        Assert.Equal("its head is not one that can be read", fault);
    }

    private static Attempt[] Attempts =>
    [
        new(Some.Time, Uuid, 2, 250, new AttemptOutcome(AttemptEnd.Response, 503, null, "busy é 日本"), Decision.Retry, TimeSpan.FromMilliseconds(12)),
        new(Some.Time.AddMilliseconds(1_000), Uuid, 2, 250, new AttemptOutcome(AttemptEnd.Response, 200), Decision.Delivered, TimeSpan.FromMilliseconds(5)),
        new(Some.Time.AddMilliseconds(1_500), "batch.2", 1, 120, new AttemptOutcome(AttemptEnd.Timeout, Error: "no answer"), Decision.Retry, TimeSpan.FromSeconds(30)),
    ];

    private static AttemptDraft Few()
    {
        var draft = new AttemptDraft(Seed) { Missed = 4 };
        var first = Handing.Run(2, Some.Event("1"), Some.Event("2", "auth.failed"));
        draft.Add(Attempts[0], first);
        draft.Add(Attempts[1], first);
        draft.Add(Attempts[2], Handing.Run(1, Some.Event("018f5f6c-0000-7000-8000-000000000000")));
        return draft;
    }

    private static (int Attempts, string? Type) Found(JournalRow row, AttemptRowHead head, string id)
    {
        var found = new List<Attempt>();
        Assert.True(AttemptRow.TryFind(row, head, Encoding.UTF8.GetBytes(id), found, out var type, out var fault), fault);
        return (found.Count, type);
    }

    private static List<Attempt> All(JournalRow row, AttemptRowHead head, params string[] ids)
    {
        var found = new List<Attempt>();
        foreach (var id in ids)
            Assert.True(AttemptRow.TryFind(row, head, Encoding.UTF8.GetBytes(id), found, out _, out var fault), fault);
        return found;
    }

    private static string GoldenFile()
    {
        using var stream = typeof(AttemptRowTests).Assembly.GetManifestResourceStream("row-2-attempts.hex")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("");
    }
}
