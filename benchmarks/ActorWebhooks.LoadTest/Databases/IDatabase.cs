using System.Diagnostics;

namespace ActorWebhooks.LoadTest.Databases;

/// <summary>A database that nobody has used before, and that is gone afterwards.</summary>
internal interface IDatabase : IAsyncDisposable
{
    DatabaseConnection Connection { get; }

    /// <summary>The server, where it is a process of its own; its CPU time counts.</summary>
    Process? Server => null;
}
