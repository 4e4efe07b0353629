using System.Collections.Immutable;
using ActorWebhooks.Journal;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;

namespace ActorWebhooks.Tests.Journal;

/// <summary>
/// A journal that does what it is asked when the test says so, and fails as the test says. It outlives the process.
/// </summary>
/// <param name="keepsNewestDeleted">
/// Whether it keeps the number of the newest row that was deleted, and takes no other row of that number, as Akka.Persistence.Sql does.
/// </param>
internal sealed class SimulatedJournal(bool keepsNewestDeleted = true)
{
    private readonly Dictionary<string, SortedDictionary<long, JournalRow>> _streams = [];
    private readonly Dictionary<string, long> _newestDeleted = [];

    /// <summary>Of all rows of all streams.</summary>
    public int Count => _streams.Values.Sum(rows => rows.Count);

    public SortedDictionary<long, JournalRow> Rows(string persistenceId) =>
        _streams.TryGetValue(persistenceId, out var rows) ? rows : _streams[persistenceId] = [];

    /// <summary>The rows of the newest owner that has written any, without fences.</summary>
    public SortedDictionary<long, JournalRow> NewestRows(JournalIds ids, JournalStream stream)
    {
        for (var epoch = Rows(ids.Claims).Keys.LastOrDefault(); epoch > 0; epoch--)
        {
            if (Rows(ids.Of(stream, epoch)) is { } rows && rows.Values.Any(row => !IsFence(row)))
                return rows;
        }

        return Rows(ids.Of(stream, 0));
    }

    /// <summary>The rows of the dead letters that a webhook keeps, in order.</summary>
    public IEnumerable<JournalRow> DeadLettersOf(WebhookJournal journal)
    {
        var (ids, segments, from, to) = journal.DeadLetters;
        for (var row = from.Row; row <= to; row++)
        {
            var (epoch, last) = segments.Of(row);
            if (row <= last && Rows(ids.Of(JournalStream.DeadLetters, epoch)).TryGetValue(row, out var content))
                yield return content;
        }
    }

    /// <summary>Does it, and says so.</summary>
    public JournalAnswer Do(JournalRequest request)
    {
        var rows = Rows(request.PersistenceId);
        switch (request)
        {
            case WriteRow write:
                return _newestDeleted.GetValueOrDefault(request.PersistenceId) != write.Row && rows.TryAdd(write.Row, write.Content)
                    ? new RowWritten(write.Number)
                    : new JournalFailed(write.Number, "there is such a row");
            case DeleteRows delete:
                foreach (var row in rows.Keys.Where(row => row <= delete.To).ToList())
                {
                    rows.Remove(row);
                    if (keepsNewestDeleted)
                        _newestDeleted[request.PersistenceId] = row;
                }

                return new RowsDeleted(delete.Number);
            case ReadRows read:
                return Read(read, rows, Math.Max(rows.Keys.LastOrDefault(), _newestDeleted.GetValueOrDefault(request.PersistenceId)));
            default:
                throw new InvalidOperationException();
        }
    }

    private static bool IsFence(JournalRow row) => RowDecoder.TryReadHead(row, out var head, out _) && head.Kind == RowKind.Fence;

    private static RowsRead Read(ReadRows read, SortedDictionary<long, JournalRow> rows, long newest)
    {
        var found = ImmutableArray.CreateBuilder<NumberedRow>();
        var bytes = 0L;
        foreach (var (row, content) in rows.Where(row => row.Key >= read.From && row.Key <= read.To))
        {
            if (found.Count == read.MaxRows || (found.Count > 0 && bytes + content.Bytes.Length > read.MaxBytes))
                return new RowsRead(read.Number, found.ToImmutable(), found[^1].Row, newest);
            bytes += content.Bytes.Length;
            found.Add(new NumberedRow(row, content));
        }

        return new RowsRead(read.Number, found.ToImmutable(), read.To, newest);
    }
}
