using System.Collections.Immutable;
using System.Globalization;
using ActorWebhooks.Matching;

namespace ActorWebhooks.Benchmarks.Matching;

/// <summary>
/// Patterns as users write them, any number of different ones. The first four match some of the types; the others come
/// from the same names with a number in front, inside or behind, so that they match none, though many of them nearly do.
/// </summary>
internal static class PatternPopulation
{
    private static readonly string[] Matching = ["auth.*", "*.failed", "smtp.*-start", "*dkim*"];

    /// <summary>The names of a real application's events.</summary>
    public static string[] ReadTypes()
    {
        using var stream = typeof(PatternPopulation).Assembly.GetManifestResourceStream("event-types.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary><paramref name="count"/> of them, from all over the alphabet.</summary>
    public static string[] ReadTypes(int count)
    {
        var types = ReadTypes();
        return [.. Enumerable.Range(0, count).Select(i => types[i * types.Length / count])];
    }

    /// <summary>One listener for each of <paramref name="count"/> patterns, 4 or more.</summary>
    public static ImmutableArray<Pattern>[] Create(int count)
    {
        var types = ReadTypes();
        var listeners = new ImmutableArray<Pattern>[count];
        for (var i = 0; i < count; i++)
            listeners[i] = [Pattern.Parse(i < Matching.Length ? Matching[i] : Numbered(types[i * 31 % types.Length], i))];
        return listeners;
    }

    private static string Numbered(string type, int i)
    {
        var number = i.ToString(CultureInfo.InvariantCulture);
        var dot = type.IndexOf('.', StringComparison.Ordinal);
        var (group, name) = (type[..dot], type[(dot + 1)..]);
        return (i % 6) switch
        {
            0 => $"{type}-{number}",
            1 => $"tenant-{number}.{group}.*",
            2 => $"{type}.{number}-*",
            3 => $"*.{name}-{number}",
            4 => $"*{name}.{number}*",
            _ => $"{group}.*-{number}",
        };
    }
}
