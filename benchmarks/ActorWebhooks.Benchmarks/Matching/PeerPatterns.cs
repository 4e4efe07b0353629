using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ActorWebhooks.Matching;

namespace ActorWebhooks.Benchmarks.Matching;

/// <summary>The patterns of a <see cref="PatternPopulation"/> in the languages of the matchers that ours is held beside.</summary>
internal static class PeerPatterns
{
    public static string[] Globs(ImmutableArray<Pattern>[] listeners) => [.. listeners.Select(patterns => patterns[0].Glob)];

    /// <summary>All patterns as one expression. It says whether any of them covers a type, and not which.</summary>
    public static Regex Alternation(IEnumerable<string> globs) => new(
        $"^(?:{string.Join('|', globs.Select(glob => Regex.Escape(glob).Replace("\\*", ".*", StringComparison.Ordinal)))})$",
        RegexOptions.Compiled | RegexOptions.CultureInvariant);

    /// <summary>
    /// The nearest topic filter. MQTT knows wildcards for whole levels only, so a segment with a star in it becomes any segment, and the
    /// filter takes in more types than the pattern: <c>smtp.*-start</c> is <c>smtp/+</c>.
    /// </summary>
    public static string TopicFilter(string glob)
    {
        var levels = glob.Split('.');
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i] == "*" && i == levels.Length - 1)
                levels[i] = "#";
            else if (levels[i].Contains('*', StringComparison.Ordinal))
                levels[i] = "+";
        }

        return string.Join('/', levels);
    }

    public static string Topic(string type) => type.Replace('.', '/');
}
