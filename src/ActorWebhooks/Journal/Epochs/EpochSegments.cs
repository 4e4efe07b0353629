using System.Collections.Immutable;

namespace ActorWebhooks.Journal.Epochs;

/// <summary>
/// Which owner wrote which rows of a stream. Row numbers go on from owner to owner, so one number tells a place in the whole stream; each
/// owner writes under a persistence id of its own. Between two owners one number is left out: it is the fence, where the former owner would
/// have written next.
/// </summary>
internal sealed class EpochSegments(ImmutableArray<EpochSegment> segments) : IEquatable<EpochSegments>
{
    /// <summary>A stream that nobody has claimed.</summary>
    public static readonly EpochSegments Unclaimed = new([new EpochSegment(0, 1)]);

    public ImmutableArray<EpochSegment> All => segments;

    /// <summary>The epoch of the newest owner.</summary>
    public long Epoch => segments[^1].Epoch;

    /// <summary>The number of the first row of the newest owner.</summary>
    public long First => segments[^1].First;

    /// <summary>The rows of the owner that wrote <paramref name="row"/>.</summary>
    /// <returns>The epoch, and its last row; <see cref="long.MaxValue"/> while its owner may write more.</returns>
    public (long Epoch, long Last) Of(long row)
    {
        var index = segments.Length - 1;
        while (index > 0 && segments[index].First > row)
            index--;
        return (segments[index].Epoch, index == segments.Length - 1 ? long.MaxValue : segments[index + 1].First - 2);
    }

    /// <summary>The first number from <paramref name="row"/> on that may hold a row: the same, or the one behind a fence.</summary>
    public long SkipFence(long row) => row == Of(row).Last + 1 ? row + 1 : row;

    /// <summary>The next owner's rows begin behind the fence. An owner that wrote nothing leaves its place to the next.</summary>
    /// <param name="fence">Where the former owner would have written next.</param>
    public EpochSegments Begin(long epoch, long fence) => fence == segments[^1].First
        ? new EpochSegments(segments.SetItem(segments.Length - 1, new EpochSegment(epoch, fence)))
        : new EpochSegments(segments.Add(new EpochSegment(epoch, fence + 1)));

    /// <summary>Whether rows of an owner are not deleted yet.</summary>
    public bool Has(long epoch)
    {
        foreach (var segment in segments)
        {
            if (segment.Epoch == epoch)
                return true;
        }

        return false;
    }

    /// <summary>Without owners that have no row from <paramref name="row"/> on.</summary>
    public EpochSegments From(long row)
    {
        var index = 0;
        while (index < segments.Length - 1 && segments[index + 1].First <= row)
            index++;
        return index == 0 ? this : new EpochSegments(segments[index..]);
    }

    public bool Equals(EpochSegments? other) => other is not null && segments.AsSpan().SequenceEqual(other.All.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as EpochSegments);

    public override int GetHashCode() => segments[^1].GetHashCode();
}
