using Microsoft.Data.Sqlite;

namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>
/// Looks after the database file, on a thread of its own because all of it may wait for the disk: sees that it is where it was, saves what can
/// be saved when it is not, and gives back space.
/// </summary>
internal sealed class DatabaseUpkeep : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly DatabaseGuard _guard;
    private readonly LostDatabase _lost;
    private readonly FreeSpace _space;
    private readonly ILogger _logger;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private string? _lastFault;

    /// <param name="forgetConnections">Closes those that may lead to another file.</param>
    public DatabaseUpkeep(DatabaseGuard guard, string file, Action forgetConnections, ILogger logger)
    {
        _guard = guard;
        _lost = new LostDatabase(guard, file, forgetConnections, logger);
        _space = new FreeSpace(guard);
        _logger = logger;
        _thread = new Thread(Run) { IsBackground = true, Name = "database-upkeep" };
        _thread.Start();
    }

    /// <summary>Waits until it has saved what there is to save.</summary>
    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        var pause = Interval;
        while (!_stop.Wait(pause))
            pause = Step();
        Step();
    }

    private TimeSpan Step()
    {
        try
        {
            var rest = _lost.IsLost() ? Interval : _space.Step() ?? Interval;
            _lastFault = null;
            return rest;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            if (_lastFault != e.Message)
                StoreLog.UpkeepFailed(_logger, _lastFault = e.Message);
            return Interval;
        }
    }
}
