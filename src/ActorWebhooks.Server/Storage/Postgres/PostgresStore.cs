using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Text;
using Akka.Actor.Setup;
using Akka.Configuration;
using Npgsql;

namespace ActorWebhooks.Server.Storage.Postgres;

/// <summary>A PostgreSQL database, which need not be there when the node starts.</summary>
internal sealed class PostgresStore : EventStore
{
    // Less than the journal waits for a write, so that an unreachable server is told from a slow one.
    private const int ConnectSeconds = 5;

    // A node that hangs within a transaction keeps rows locked. The next owner of its webhooks has to write those rows. PostgreSQL ends the transaction
    // before a take-over begins.
    private const string EndHungTransactions = "-c idle_in_transaction_session_timeout=5s";

    private readonly NpgsqlConnectionStringBuilder _connection;
    private PostgresUpkeep? _upkeep;

    private PostgresStore(NpgsqlConnectionStringBuilder connection) => _connection = connection;

    public override string Place =>
        $"in PostgreSQL: database {Printable.Clean(_connection.Database ?? _connection.Username ?? "")} at {Printable.Clean(_connection.Host!)}:{_connection.Port}";

    public override Config Profile => Profiles.Postgres;

    public override Setup Connections => JournalConnections.Create(Profile, _connection.ConnectionString);

    public override string SecretConnection => _connection.ConnectionString;

    /// <exception cref="RefusedException">It is not a connection string.</exception>
    public static PostgresStore Parse(string connectionString)
    {
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(connectionString);
            if (!string.IsNullOrWhiteSpace(connection.Host))
            {
                if (!connection.ShouldSerialize("Timeout"))
                    connection.Timeout = ConnectSeconds;
                connection.ApplicationName ??= "ActorWebhooks";
                connection.Options ??= EndHungTransactions;
                return new PostgresStore(connection);
            }
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            // What it says may quote a part of a password.
        }

        throw new RefusedException("--postgres is not a connection string. Accepted is "
            + "\"Host=HOST;Port=5432;Database=NAME;Username=USER;Password=SECRET\", with quotes around values that hold a semicolon; "
            + "the password may come from the variable PGPASSWORD or from ~/.pgpass instead.");
    }

    public override void StartUpkeep(ILogger logger) => _upkeep ??= new PostgresUpkeep(_connection, logger);

    public override void Dispose()
    {
        _upkeep?.Dispose();
        _upkeep = null;
        base.Dispose();
    }

    public override async Task<string?> FaultAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(_connection.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            return null;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException or ArgumentException)
        {
            return Printable.Clean(e.Message);
        }
    }
}
