using System.CommandLine;

namespace ActorWebhooks.LoadTest.Commands;

/// <summary><c>--postgres</c></summary>
internal static class PostgresOption
{
    public static Option<string?> Create() => new("--postgres")
    {
        Description = "Connection string of a PostgreSQL server, to create databases on. Default: a private server, where there is one.",
    };
}
