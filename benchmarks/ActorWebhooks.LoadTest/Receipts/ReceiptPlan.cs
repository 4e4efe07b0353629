namespace ActorWebhooks.LoadTest.Receipts;

/// <summary>What the measurement of receipts does.</summary>
/// <param name="Rounds">How often the two take turns.</param>
/// <param name="WarmUpRounds">How often before that. What is compiled while it runs would otherwise be most of what is measured.</param>
/// <param name="PerRound">Events, and rows, of one turn.</param>
/// <param name="Postgres">Connection string of a server; null: one is started.</param>
internal sealed record ReceiptPlan(int Rounds, int WarmUpRounds, int PerRound, string? Postgres);
