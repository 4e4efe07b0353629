using System.Collections.Immutable;

namespace ActorWebhooks.Server.Storage.Postgres;

/// <summary>
/// When PostgreSQL cleans the journal's table. Its own settings wait until a fifth of the table is dead, which grows with the backlog.
/// </summary>
internal static class AutovacuumSettings
{
    // A row holds many events, and large ones lie in pieces of 2 KB in a table of their own: so cleaning begins after some ten megabytes.
    private static readonly ImmutableArray<(string Name, string Value)> OfTable =
    [
        ("autovacuum_vacuum_scale_factor", "0"),
        ("autovacuum_vacuum_threshold", "1000"),
        ("autovacuum_vacuum_cost_limit", "1000"),
    ];

    private static readonly ImmutableArray<(string Name, string Value)> OfPieces =
    [
        ("autovacuum_vacuum_scale_factor", "0"),
        ("autovacuum_vacuum_threshold", "5000"),
        ("autovacuum_vacuum_cost_limit", "1000"),
    ];

    /// <param name="table">What is set for the table, as <c>name=value</c>.</param>
    /// <param name="pieces">What is set for the table of large values.</param>
    /// <returns>The list for <c>ALTER TABLE … SET</c> of what nobody has set; null when there is nothing to set.</returns>
    public static string? Missing(IReadOnlyCollection<string> table, IReadOnlyCollection<string> pieces)
    {
        var missing = OfTable.Where(IsNotIn(table)).Select(setting => $"{setting.Name} = {setting.Value}")
            .Concat(OfPieces.Where(IsNotIn(pieces)).Select(setting => $"toast.{setting.Name} = {setting.Value}"))
            .ToList();
        return missing.Count == 0 ? null : string.Join(", ", missing);
    }

    private static Func<(string Name, string Value), bool> IsNotIn(IReadOnlyCollection<string> settings) =>
        setting => !settings.Any(set => set.StartsWith($"{setting.Name}=", StringComparison.OrdinalIgnoreCase));
}
