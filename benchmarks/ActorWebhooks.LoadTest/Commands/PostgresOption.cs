using System.CommandLine;

namespace ActorWebhooks.LoadTest.Commands;

/// <summary><c>--postgres</c></summary>
internal static class PostgresOption
{
    public static Option<string?> Create() => new("--postgres")
    {
        Description = "Connection string of a PostgreSQL server that may create databases. Default: a private server, where PostgreSQL is installed.",
    };
}
