using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ActorWebhooks.Matching;

namespace ActorWebhooks.Configuration.Keys;

/// <summary>The patterns of a file, the same text the same object: many webhooks listen to the same.</summary>
internal sealed class SharedPatterns
{
    /// <summary>Patterns that are met later than so many others are most likely of one webhook each.</summary>
    private const int Max = 4096;

    private readonly Dictionary<string, Pattern> _byText = new(StringComparer.Ordinal);

    private ImmutableArray<Pattern> _last = [];

    public bool TryParse(string text, [NotNullWhen(true)] out Pattern? pattern)
    {
        if (_byText.TryGetValue(text, out pattern))
            return true;
        if (!Pattern.TryParse(text, out pattern))
            return false;
        if (_byText.Count < Max)
            _byText.Add(text, pattern);
        return true;
    }

    /// <summary>The array of the webhook before, if it holds the same.</summary>
    public ImmutableArray<Pattern> Share(ImmutableArray<Pattern> patterns)
    {
        if (!_last.AsSpan().SequenceEqual(patterns.AsSpan()))
            _last = patterns;
        return _last;
    }
}
