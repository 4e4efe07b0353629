using System.Collections.Immutable;
using ActorWebhooks.Accounting;

namespace ActorWebhooks.Journal;

/// <summary>
/// Where a webhook stands. Every row of both its streams carries the state as it is once that row is written, so the newest row of the two
/// is all that has to be read at start, and whatever a row changes, it changes wholly or not at all.
/// </summary>
internal sealed record JournalState
{
    public static readonly JournalState Empty = new();

    /// <summary>
    /// Grows with every row of both streams together. It starts with the time of day at every start of a process, so that a row of a process
    /// that is no more, whose commit comes late, is older than all of its successor.
    /// </summary>
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
    }

    public static JournalState Read(BinaryReader from) => new()
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
    };

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
