namespace ActorWebhooks.Chaos;

/// <summary>What the command line says.</summary>
/// <param name="Seed">Of the first run; the next ones count on from it.</param>
/// <param name="Logs">Each run writes a file there.</param>
internal sealed record ChaosOptions(int Runs, int KillsOnSqlite, int KillsOnPostgres, int KillWorkers, int Seed, DirectoryInfo Logs);
