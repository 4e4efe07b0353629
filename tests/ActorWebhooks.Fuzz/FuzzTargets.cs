using System.Collections.Immutable;
using ActorWebhooks.Fuzz.Targets;

namespace ActorWebhooks.Fuzz;

/// <summary>All that reads what others wrote.</summary>
internal static class FuzzTargets
{
    public static ImmutableArray<FuzzTarget> All { get; } =
    [
        TomlTarget.Target, PatternsTarget.Target, EventsTarget.Target, RetryAfterTarget.Target, WireTarget.Target, RowsTarget.Target, CursorsTarget.Target,
        SignaturesTarget.Target, AnswerHeadTarget.Target, Http2StreamsTarget.Target,
    ];

    /// <exception cref="ArgumentException">There is none.</exception>
    public static FuzzTarget Named(string name) => All.FirstOrDefault(target => target.Name == name)
        ?? throw new ArgumentException($"'{name}' is not a target: accepted is one of {string.Join(", ", All.Select(target => target.Name))}.", nameof(name));
}
