using System.Collections.Immutable;

namespace ActorWebhooks.Matching;

/// <summary>Why a webhook is reached by an event type, or is not.</summary>
/// <param name="Includes">The patterns that take the type in.</param>
/// <param name="Exclude">The first that keeps it away; null if none does.</param>
internal sealed record PatternReason(ImmutableArray<string> Includes, string? Exclude)
{
    public bool IsReached => Includes.Length > 0 && Exclude is null;

    public static PatternReason Of(ImmutableArray<Pattern> patterns, string type)
    {
        var covering = patterns.Where(pattern => pattern.Covers(type)).ToArray();
        return new PatternReason(
            [.. covering.Where(pattern => !pattern.IsExclude).Select(pattern => pattern.Text)],
            Array.Find(covering, pattern => pattern.IsExclude)?.Text);
    }
}
