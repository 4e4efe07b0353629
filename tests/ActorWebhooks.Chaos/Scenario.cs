namespace ActorWebhooks.Chaos;

/// <summary>One thing that is done to servers, and one row of the table.</summary>
/// <param name="Name">As it stands on the command line.</param>
/// <param name="About">What is done, in one line.</param>
/// <param name="NeedsPostgres">Whether it runs on the PostgreSQL that <c>.ci/with-postgres</c> starts.</param>
/// <param name="RunAsync">Runs it as often as the options say, and writes what it sees to a log.</param>
internal sealed record Scenario(string Name, string About, bool NeedsPostgres, Func<ChaosOptions, RunLog, Task<Outcome>> RunAsync);
