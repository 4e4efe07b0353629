using System.Collections.Immutable;

namespace ActorWebhooks.Chaos;

/// <summary>What came of a scenario. A figure that it does not measure is null.</summary>
/// <param name="Runs">How often it was run; of a kill scenario, how many kills.</param>
/// <param name="Accepted">Events that were answered with 202, counted once for each webhook.</param>
/// <param name="Missing">Those that are neither delivered nor dead letters nor waiting.</param>
/// <param name="Repeats">Events that were delivered again.</param>
/// <param name="Overlaps">Requests that began while another one of their webhook was under way.</param>
/// <param name="Silence">The longest time that a webhook sent nothing after a take-over.</param>
/// <param name="Problems">One sentence for each promise that was not kept.</param>
internal sealed record Outcome(
    int Runs, long? Accepted, long? Missing, long? Repeats, long? Overlaps, TimeSpan? Silence, ImmutableArray<string> Problems)
{
    public bool IsGood => Problems.IsEmpty;

    public static Outcome Failed(string problem) => new(1, null, null, null, null, null, [problem]);

    /// <summary>Of all runs together.</summary>
    public static Outcome Of(IReadOnlyCollection<Outcome> runs) => new(
        runs.Sum(run => run.Runs),
        runs.Sum(run => run.Accepted),
        runs.Sum(run => run.Missing),
        runs.Sum(run => run.Repeats),
        runs.Sum(run => run.Overlaps),
        runs.Max(run => run.Silence),
        [.. runs.SelectMany(run => run.Problems)]);
}
