using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ActorWebhooks.LoadTest.Databases;

/// <summary>
/// A PostgreSQL server with a folder and a port of its own, and the settings that it is born with. It ends when this process does, however
/// that ends, as it then loses its standard input.
/// </summary>
internal sealed class PrivatePostgres : IDatabase
{
    private const string Script = """
        set -e
        dir=$(mktemp -d "${TMPDIR:-/tmp}/load-postgres-XXXXXX")
        cd "$dir"
        trap 'rm -rf "$dir"' EXIT
        trap '' INT
        "$1/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >/dev/null
        "$1/postgres" -D "$dir/data" -p "$2" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c log_min_messages=fatal &
        until grep -qs ^ready "$dir/data/postmaster.pid"; do kill -0 $!; sleep 0.02; done
        echo ready
        read -r _ || true
        kill -QUIT $!
        wait $! || true
        """;

    private readonly Process _process;

    private PrivatePostgres(Process process, int port)
    {
        _process = process;
        Connection = new DatabaseConnection(DatabaseKind.Postgres, $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres");
    }

    public DatabaseConnection Connection { get; }

    public Process Server => _process;

    public static async Task<PrivatePostgres> StartAsync()
    {
        var programs = PostgresPrograms.Folder
            ?? throw new InvalidOperationException("No PostgreSQL is installed (apt-get install postgresql) and none was given (--postgres).");
        var port = FreePort();

        // It refuses to run as root.
        string[] user = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--"] : [];
        string[] command = [.. user, "sh", "-c", Script, "sh", programs, $"{port}"];
        var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        return await process.StandardOutput.ReadLineAsync() is not null
            ? new PrivatePostgres(process, port)
            : throw new InvalidOperationException("PostgreSQL did not start; what it said is above.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
