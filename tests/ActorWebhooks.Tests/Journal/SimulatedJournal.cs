using System.Collections.Immutable;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;

namespace ActorWebhooks.Tests.Journal;

/// <summary>A journal that does what it is asked when the test says so, and fails as the test says. It outlives the process.</summary>
internal sealed class SimulatedJournal
{
    private readonly Dictionary<string, SortedDictionary<long, JournalRow>> _streams = [];

    public SortedDictionary<long, JournalRow> Rows(string persistenceId) =>
        _streams.TryGetValue(persistenceId, out var rows) ? rows : _streams[persistenceId] = [];

    /// <summary>Does it, and says so.</summary>
    public JournalAnswer Do(JournalRequest request)
    {
        var rows = Rows(request.PersistenceId);
        switch (request)
        {
            case WriteRow write:
                return rows.TryAdd(write.Row, write.Content) ? new RowWritten(write.Number) : new JournalFailed(write.Number, "there is such a row");
            case DeleteRows delete:
                foreach (var row in rows.Keys.Where(row => row <= delete.To).ToList())
                    rows.Remove(row);
                return new RowsDeleted(delete.Number);
            case ReadRows read:
                return Read(read, rows);
            default:
                throw new InvalidOperationException();
        }
    }

    private static RowsRead Read(ReadRows read, SortedDictionary<long, JournalRow> rows)
    {
        var found = ImmutableArray.CreateBuilder<NumberedRow>();
        var bytes = 0L;
        foreach (var (row, content) in rows.Where(row => row.Key >= read.From && row.Key <= read.To))
        {
            if (found.Count > 0 && bytes + content.Bytes.Length > read.MaxBytes)
                return new RowsRead(read.Number, found.ToImmutable(), found[^1].Row, rows.Keys.LastOrDefault());
            bytes += content.Bytes.Length;
            found.Add(new NumberedRow(row, content));
        }

        return new RowsRead(read.Number, found.ToImmutable(), read.To, rows.Keys.LastOrDefault());
    }
}
