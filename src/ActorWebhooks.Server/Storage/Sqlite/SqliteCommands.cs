using Microsoft.Data.Sqlite;

namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>Statements that are constants of this assembly.</summary>
internal static class SqliteCommands
{
    /// <returns>The first value; every row is read, which is what makes some pragmas do their work.</returns>
    public static object? Read(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of this assembly.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        using var reader = command.ExecuteReader();
        object? first = null;
        while (reader.Read())
            first ??= reader.GetValue(0);
        return first;
    }

    public static long ReadNumber(this SqliteConnection connection, string sql) => (long)connection.Read(sql)!;
}
