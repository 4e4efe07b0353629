using System.Collections.Concurrent;
using Akka.Persistence;

namespace ActorWebhooks.Tests.EndToEnd.Durable;

/// <summary>The rows of a <see cref="FaultyJournal"/>, and its trouble.</summary>
internal sealed class FaultyStore
{
    private static readonly ConcurrentDictionary<string, FaultyStore> Stores = new();

    private readonly Lock _lock = new();
    private readonly Dictionary<string, SortedDictionary<long, IPersistentRepresentation>> _streams = [];
    private TaskCompletionSource _trouble = Done();

    private int _askedWrites;
    private int _failedReads;
    private int _failedDeletes;

    public JournalTrouble Trouble { get; private set; }

    public int AskedWrites => Volatile.Read(ref _askedWrites);

    public int FailedReads => Volatile.Read(ref _failedReads);

    public int FailedDeletes => Volatile.Read(ref _failedDeletes);

    public static FaultyStore Of(string name) => Stores.GetOrAdd(name, _ => new FaultyStore());

    public void Have(JournalTrouble trouble)
    {
        lock (_lock)
        {
            Trouble = trouble;
            _trouble.TrySetResult();
            _trouble = trouble == JournalTrouble.Hangs ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : Done();
        }
    }

    public IPersistentRepresentation[] RowsOf(string persistenceId)
    {
        lock (_lock)
            return _streams.TryGetValue(persistenceId, out var rows) ? [.. rows.Values] : [];
    }

    public async Task ReadAsync()
    {
        await _trouble.Task;
        if (Trouble is JournalTrouble.IsAway or JournalTrouble.FailsReads)
        {
            Interlocked.Increment(ref _failedReads);
            throw new IOException("The journal is away.");
        }
    }

    /// <returns>False when the rows are rejected.</returns>
    public async Task<bool> WriteAsync(List<IPersistentRepresentation> rows)
    {
        Interlocked.Increment(ref _askedWrites);
        await _trouble.Task;
        if (Trouble is JournalTrouble.Fails or JournalTrouble.IsAway)
            throw new IOException("The disk is full.");
        if (Trouble == JournalTrouble.Rejects)
            return false;
        lock (_lock)
        {
            foreach (var row in rows)
            {
                if (!_streams.TryGetValue(row.PersistenceId, out var stream))
                    _streams.Add(row.PersistenceId, stream = []);
                if (!stream.TryAdd(row.SequenceNr, row))
                    throw new IOException("There is such a row.");
            }
        }

        return Trouble == JournalTrouble.FailsThoughWritten ? throw new IOException("The connection broke.") : true;
    }

    public void Delete(string persistenceId, long to)
    {
        if (Trouble == JournalTrouble.FailsDeletes)
        {
            Interlocked.Increment(ref _failedDeletes);
            throw new IOException("The table is locked.");
        }

        lock (_lock)
        {
            if (!_streams.TryGetValue(persistenceId, out var rows))
                return;
            foreach (var row in rows.Keys.Where(row => row <= to).ToList())
                rows.Remove(row);
        }
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
