using ActorWebhooks.Chaos.Scenarios;

namespace ActorWebhooks.Chaos;

/// <summary>All scenarios, in the order in which they run. A new one is a line here and a method that returns its <see cref="Outcome"/>.</summary>
internal static class Catalog
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. new[] { 8, 15, 24, 26, 40, 90 }.Select(HangScenarios.OnPostgres),
        HangScenarios.WithBacklog,
        HangScenarios.InMemory,
        TwoServersScenarios.OnPostgres,
        TwoServersScenarios.OnSqlite,
        NodeScenarios.Crash,
        NodeScenarios.Isolated,
        NodeScenarios.RollingRestart,
        NodeScenarios.AllStopped,
        NodeScenarios.PostgresRestart,
        KillScenarios.OnSqlite,
        KillScenarios.OnPostgres,
    ];
}
