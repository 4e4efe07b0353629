using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ActorWebhooks.LoadTest.Databases;

/// <summary>How a process gets at a database.</summary>
internal sealed record DatabaseConnection(DatabaseKind Kind, string ConnectionString)
{
    public async Task<DbConnection> OpenAsync()
    {
        DbConnection connection =
            Kind == DatabaseKind.Sqlite ? new SqliteConnection(ConnectionString) : new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
