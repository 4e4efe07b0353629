using System.Net.Sockets;
using ActorWebhooks.Server.Text;
using Npgsql;

namespace ActorWebhooks.Server.Storage.Postgres;

/// <summary>Sets up the journal's table when the plugin has made it. A thread of its own does that, because connecting may take long.</summary>
internal sealed class PostgresUpkeep : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly string _connectionString;
    private readonly ILogger _logger;
    private readonly object _gate = new();
    private bool _isStopped;

    public PostgresUpkeep(NpgsqlConnectionStringBuilder connection, ILogger logger)
    {
        _connectionString = new NpgsqlConnectionStringBuilder(connection.ConnectionString) { Pooling = false }.ConnectionString;
        _logger = logger;
        new Thread(Run) { IsBackground = true, Name = "postgres-upkeep" }.Start();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.PulseAll(_gate);
        }
    }

    private bool IsStoppedWithin(TimeSpan time)
    {
        lock (_gate)
        {
            if (!_isStopped)
                Monitor.Wait(_gate, time);
            return _isStopped;
        }
    }

    private void Run()
    {
        for (var pause = FirstPause; !IsStoppedWithin(pause); pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                using var connection = new NpgsqlConnection(_connectionString);
                connection.Open();
                if (JournalTable.Tune(connection))
                    return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                var fault = Printable.Clean(e.MessageText);
                PostgresLog.NotTuned(_logger, fault);
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or SocketException or ArgumentException)
            {
                // The journal tells about a database that is not there.
            }
        }
    }
}
