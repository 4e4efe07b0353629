using System.Collections.Immutable;
using ActorWebhooks.Matching;

namespace ActorWebhooks.Tests.Matching;

internal static class Matchers
{
    /// <summary>One listener for each array of patterns.</summary>
    public static PatternMatcher Compile(params IReadOnlyList<string[]> patternsOfEachListener)
    {
        var listeners = new List<ImmutableArray<Pattern>>();
        foreach (var patterns in patternsOfEachListener)
            listeners.Add([.. patterns.Select(Pattern.Parse)]);
        return PatternMatcher.Compile(listeners);
    }

    public static int[] Listeners(this PatternMatcher matcher, string type) => [.. matcher.Match(type)];

    public static bool Reaches(this PatternMatcher matcher, string type) => !matcher.Match(type).IsEmpty;
}
