using System.Collections.Immutable;
using ActorWebhooks.Accounting;
using ActorWebhooks.Journal.Epochs;

namespace ActorWebhooks.Journal;

/// <summary>
/// Where a webhook stands. Every row of both its streams carries the state as it is once that row is written, so the newest row of the two
/// is all that has to be read at start, and whatever a row changes, it changes wholly or not at all.
/// </summary>
internal sealed record JournalState
{
    public static readonly JournalState Empty = new();

    /// <summary>Grows with every row of both streams together.</summary>
    public long Version { get; init; }

    /// <summary>The first event of the outbox that is not done with.</summary>
    public JournalPosition Cursor { get; init; } = JournalPosition.Start;

    /// <summary>The events of the outbox from there on, those of this row included.</summary>
    public int Waiting { get; init; }

    public long WaitingBytes { get; init; }

    /// <summary>The newest row that is counted in this.</summary>
    public long NewestRow { get; init; }

    /// <summary>Rows up to here are deleted.</summary>
    public long DeletedTo { get; init; }

    /// <summary>The first dead letter that is still kept.</summary>
    public JournalPosition DeadCursor { get; init; } = JournalPosition.Start;

    public int Dead { get; init; }

    public long DeadBytes { get; init; }

    /// <summary>The newest row of dead letters that is counted in this.</summary>
    public long NewestDeadRow { get; init; }

    /// <summary>Rows of dead letters up to here are deleted.</summary>
    public long DeadDeletedTo { get; init; }

    public long Delivered { get; init; }

    public ImmutableDictionary<DropReason, long> Dropped { get; init; } = ImmutableDictionary<DropReason, long>.Empty;

    public bool IsPaused { get; init; }

    public bool IsGone { get; init; }

    /// <summary>A hash of the URL: what was gone at another URL is not gone at this one.</summary>
    public ulong Endpoint { get; init; }

    public RecordedWait Wait { get; init; }

    /// <summary>Who wrote the rows of the outbox that are not deleted.</summary>
    public EpochSegments Segments { get; init; } = EpochSegments.Unclaimed;

    /// <summary>Who wrote the rows of dead letters that are not deleted.</summary>
    public EpochSegments DeadSegments { get; init; } = EpochSegments.Unclaimed;

    public void Write(BinaryWriter to)
    {
        to.Write7BitEncodedInt64(Version);
        Write(to, Cursor);
        to.Write7BitEncodedInt(Waiting);
        to.Write7BitEncodedInt64(WaitingBytes);
        to.Write7BitEncodedInt64(NewestRow);
        to.Write7BitEncodedInt64(DeletedTo);
        Write(to, DeadCursor);
        to.Write7BitEncodedInt(Dead);
        to.Write7BitEncodedInt64(DeadBytes);
        to.Write7BitEncodedInt64(NewestDeadRow);
        to.Write7BitEncodedInt64(DeadDeletedTo);
        to.Write7BitEncodedInt64(Delivered);
        to.Write7BitEncodedInt(Dropped.Count);
        foreach (var (reason, events) in Dropped.OrderBy(dropped => dropped.Key))
        {
            to.Write((byte)reason);
            to.Write7BitEncodedInt64(events);
        }

        to.Write(IsPaused);
        to.Write(IsGone);
        to.Write(Endpoint);
        Write(to, Segments);
        Write(to, DeadSegments);
        Wait.Write(to);
    }

    /// <param name="hasEpochs">False for rows of format 1.</param>
    public static JournalState Read(BinaryReader from, bool hasEpochs) => new()
    {
        Version = from.Read7BitEncodedInt64(),
        Cursor = ReadPosition(from),
        Waiting = from.Read7BitEncodedInt(),
        WaitingBytes = from.Read7BitEncodedInt64(),
        NewestRow = from.Read7BitEncodedInt64(),
        DeletedTo = from.Read7BitEncodedInt64(),
        DeadCursor = ReadPosition(from),
        Dead = from.Read7BitEncodedInt(),
        DeadBytes = from.Read7BitEncodedInt64(),
        NewestDeadRow = from.Read7BitEncodedInt64(),
        DeadDeletedTo = from.Read7BitEncodedInt64(),
        Delivered = from.Read7BitEncodedInt64(),
        Dropped = ReadDropped(from),
        IsPaused = from.ReadBoolean(),
        IsGone = from.ReadBoolean(),
        Endpoint = from.ReadUInt64(),
        Segments = hasEpochs ? ReadSegments(from) : EpochSegments.Unclaimed,
        DeadSegments = hasEpochs ? ReadSegments(from) : EpochSegments.Unclaimed,
        Wait = hasEpochs ? RecordedWait.Read(from) : default,
    };

    private static void Write(BinaryWriter to, EpochSegments segments)
    {
        to.Write7BitEncodedInt(segments.All.Length);
        foreach (var segment in segments.All)
        {
            to.Write7BitEncodedInt64(segment.Epoch);
            to.Write7BitEncodedInt64(segment.First);
        }
    }

    private static EpochSegments ReadSegments(BinaryReader from)
    {
        var count = from.Read7BitEncodedInt();
        if (count < 1 || count > from.BaseStream.Length)
            throw new InvalidDataException();
        var segments = ImmutableArray.CreateBuilder<EpochSegment>(count);
        for (; count > 0; count--)
            segments.Add(new EpochSegment(from.Read7BitEncodedInt64(), from.Read7BitEncodedInt64()));
        return new EpochSegments(segments.MoveToImmutable());
    }

    private static void Write(BinaryWriter to, JournalPosition position)
    {
        to.Write7BitEncodedInt64(position.Row);
        to.Write7BitEncodedInt(position.Index);
    }

    private static JournalPosition ReadPosition(BinaryReader from) => new(from.Read7BitEncodedInt64(), from.Read7BitEncodedInt());

    private static ImmutableDictionary<DropReason, long> ReadDropped(BinaryReader from)
    {
        var dropped = ImmutableDictionary.CreateBuilder<DropReason, long>();
        for (var left = from.Read7BitEncodedInt(); left > 0; left--)
            dropped[(DropReason)from.ReadByte()] = from.Read7BitEncodedInt64();
        return dropped.ToImmutable();
    }
}
