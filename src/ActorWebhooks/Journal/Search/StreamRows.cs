using ActorWebhooks.Journal.Epochs;
using ActorWebhooks.Journal.Requests;

namespace ActorWebhooks.Journal.Search;

/// <summary>Goes through the rows of a stream of owners, oldest first, some at a time.</summary>
/// <param name="from">The first row.</param>
/// <param name="to">The last one.</param>
internal sealed class StreamRows(JournalIds ids, JournalStream stream, EpochSegments segments, long from, long to)
{
    private const int RowsAtOnce = 8;
    private const long BytesAtOnce = 4 * 1024 * 1024;

    private long _next = segments.SkipFence(from);

    public bool IsDone => _next > to;

    public ReadRows Next(long number)
    {
        var (epoch, last) = segments.Of(_next);
        return new ReadRows(number, ids.Of(stream, epoch), _next, Math.Min(Math.Min(to, last), _next + RowsAtOnce - 1), BytesAtOnce);
    }

    public void Read(RowsRead answer) => _next = segments.SkipFence(answer.ReadTo + 1);

    /// <summary>What is left need not be read.</summary>
    public void End() => _next = to + 1;
}
