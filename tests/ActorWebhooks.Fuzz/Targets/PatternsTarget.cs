using System.Collections.Immutable;
using System.Text;
using ActorWebhooks.Matching;

namespace ActorWebhooks.Fuzz.Targets;

/// <summary>
/// Patterns, a webhook a line, and the event type in the last line: the compiled matcher finds the same webhooks as a plain definition of what
/// a pattern means.
/// </summary>
internal static class PatternsTarget
{
    public static FuzzTarget Target { get; } = new(
        "patterns",
        Bytes.Of("auth.* !auth.debug\n*\nauth.success", "a*b*c *.x\n*a*\n!a* *\n*aab*\naabc", "*\n**\na*\n*a\n*a*\n.*.\na.a.a", "a.b.c\na.b.*\na.*.c\n*.b.c\na.b.c"),
        Bytes.Of("*", "**", "!", ".", "\n", " ", "a", "ab", "*a*", "auth.", "aaaa", "$"),
        Run,
        BytesPerByte: 20_000);

    private static void Run(byte[] input)
    {
        var lines = Encoding.Latin1.GetString(input).Split('\n');
        var type = lines[^1];
        ImmutableArray<Pattern>[] listeners = [.. lines[..^1].Select(line => Parse(line.Split(' ')))];
        var matched = PatternMatcher.Compile(listeners).Match(type);
        var expected = Enumerable.Range(0, listeners.Length).Where(i => Listens(listeners[i], type)).ToArray();
        if (!matched.SequenceEqual(expected))
            throw new InvalidOperationException($"{string.Join(',', matched)} match instead of {string.Join(',', expected)}.");
    }

    private static ImmutableArray<Pattern> Parse(string[] texts)
    {
        var patterns = ImmutableArray.CreateBuilder<Pattern>();
        foreach (var text in texts)
        {
            if (Pattern.TryParse(text, out var pattern))
                patterns.Add(pattern);
        }

        return patterns.ToImmutable();
    }

    private static bool Listens(ImmutableArray<Pattern> patterns, string type) =>
        patterns.Any(pattern => !pattern.IsExclude && Means(pattern.Glob, type)) && !patterns.Any(pattern => pattern.IsExclude && Means(pattern.Glob, type));

    // Row by row: which beginnings of the type each beginning of the glob takes in.
    private static bool Means(string glob, string type)
    {
        var takes = new bool[type.Length + 1];
        takes[0] = true;
        foreach (var c in glob)
        {
            var next = new bool[type.Length + 1];
            for (var i = 0; i <= type.Length; i++)
                next[i] = c == '*' ? takes[i] || (i > 0 && next[i - 1]) : i > 0 && takes[i - 1] && type[i - 1] == c;
            takes = next;
        }

        return takes[^1];
    }
}
