using System.Buffers.Binary;
using ActorWebhooks.Delivery;
using ActorWebhooks.Events;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Outbox;
using ActorWebhooks.Text;

namespace ActorWebhooks.Journal.Attempts;

/// <summary>
/// Gathers the attempts of one row. Head: the kind, then the members of <see cref="AttemptRowHead"/>. Body: the types of events; the batches,
/// each with its id, the runs of events of the same type, and a fingerprint for each event; then the attempts, each with the number of its
/// batch. A row says all that its attempts need, so that rows may go in any order. Numbers are 7-bit encoded, times milliseconds since the
/// first attempt.
/// </summary>
internal sealed class AttemptDraft(ulong seed)
{
    /// <summary>More of what went wrong or was answered is not kept.</summary>
    public const int MaxText = 200;

    /// <summary>Events of further types are kept without their type.</summary>
    public const int MaxTypes = 64;

    /// <summary>What stands for the type of an event whose type is not kept.</summary>
    public const int NoType = 0;

    private const int UuidLength = 16;

    private readonly List<byte[]> _types = [];
    private readonly Dictionary<string, int> _batches = new(StringComparer.Ordinal);
    private readonly ByteWriter _batchBytes = new();
    private readonly ByteWriter _attemptBytes = new();

    public int Count { get; private set; }

    public long From { get; private set; }

    public long To { get; private set; }

    /// <summary>Attempts since the row before that could not be kept.</summary>
    public long Missed { get; set; }

    /// <summary>What the row will have at most, to some hundred bytes.</summary>
    public long Bytes => _batchBytes.Length + _attemptBytes.Length;

    /// <param name="events">Of the batch; they are not kept.</param>
    public void Add(Attempt attempt, EventRun events)
    {
        var at = attempt.At.ToUnixTimeMilliseconds();
        if (Count == 0)
            From = at;
        (To, Count) = (at, Count + 1);
        if (!_batches.TryGetValue(attempt.BatchId, out var batch))
        {
            _batches.Add(attempt.BatchId, batch = _batches.Count);
            AddBatch(attempt.BatchId, events);
        }

        var (to, outcome) = (_attemptBytes, attempt.Outcome);
        to.Number(batch);
        to.Number(at - From);
        to.Number(attempt.Bytes);
        to.Byte((byte)outcome.Kind);
        to.Number(outcome.Status ?? 0);
        to.Byte((byte)attempt.Decision);
        to.Number(attempt.Latency.Ticks);
        to.Flag(outcome.Error is not null);
        if (outcome.Error is { } error)
            to.Text(OutsideText.Clean(error, maxLength: MaxText));
        to.Text(OutsideText.Clean(outcome.Response, maxLength: MaxText));
    }

    /// <param name="epoch">Of the owner that writes it.</param>
    /// <param name="before">What all rows before it took.</param>
    public JournalRow Encode(long epoch, long before)
    {
        var head = new ByteWriter();
        head.Byte((byte)RowKind.Attempts);
        head.Number(epoch);
        head.Number(before);
        head.Number(From);
        head.Number(To);
        head.Number(Count);
        head.Number(Missed);
        BinaryPrimitives.WriteUInt64LittleEndian(head.Take(sizeof(ulong)), seed);

        var body = new ByteWriter();
        body.Number(_types.Count);
        foreach (var type in _types)
        {
            body.Number(type.Length);
            body.Bytes(type);
        }

        body.Number(_batches.Count);
        var rest = body.Take(_batchBytes.Length + _attemptBytes.Length);
        _batchBytes.Written.CopyTo(rest);
        _attemptBytes.Written.CopyTo(rest[_batchBytes.Length..]);
        return new JournalRow(RowFrame.Write(head.Written, body.Written));
    }

    private void AddBatch(string id, EventRun events)
    {
        WriteId(id);
        _batchBytes.Number(events.Count);
        AddTypes(events);
        var fingerprints = _batchBytes.Take(events.Count * EventFingerprint.Length);
        foreach (var slice in events.Slices)
        {
            for (var i = slice.From; i < slice.To; i++)
            {
                EventEncoding.Locate(slice.Page.Bytes(slice.Page.StartOf(i), slice.Page.EndOf(i)).Span, out var eventId, out _);
                EventFingerprint.Write(fingerprints, EventFingerprint.Of(eventId, seed));
                fingerprints = fingerprints[EventFingerprint.Length..];
            }
        }
    }

    // Neighbours are of one type as a rule.
    private void AddTypes(EventRun events)
    {
        var (type, run) = (NoType, 0);
        foreach (var slice in events.Slices)
        {
            for (var i = slice.From; i < slice.To; i++)
            {
                EventEncoding.Locate(slice.Page.Bytes(slice.Page.StartOf(i), slice.Page.EndOf(i)).Span, out _, out var typeName);
                if (run > 0 && type != NoType && typeName.SequenceEqual(_types[type - 1]))
                {
                    run++;
                    continue;
                }

                WriteRun(type, run);
                (type, run) = (TypeOf(typeName), 1);
            }
        }

        WriteRun(type, run);
    }

    private void WriteRun(int type, int events)
    {
        if (events == 0)
            return;
        _batchBytes.Number(type);
        _batchBytes.Number(events);
    }

    // The ids of batches are those of UUIDs as a rule.
    private void WriteId(string id)
    {
        var isUuid = Guid.TryParseExact(id, "N", out var uuid) && uuid.ToString("N") == id;
        _batchBytes.Flag(isUuid);
        if (isUuid)
            uuid.TryWriteBytes(_batchBytes.Take(UuidLength));
        else
            _batchBytes.Text(id);
    }

    private int TypeOf(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _types.Count; i++)
        {
            if (name.SequenceEqual(_types[i]))
                return i + 1;
        }

        if (_types.Count == MaxTypes)
            return NoType;
        _types.Add(name.ToArray());
        return _types.Count;
    }
}
