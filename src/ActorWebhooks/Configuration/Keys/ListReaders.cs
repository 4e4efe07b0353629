using System.Collections.Immutable;
using ActorWebhooks.Configuration.Toml;
using ActorWebhooks.Configuration.Values;
using ActorWebhooks.Matching;
using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Keys;

/// <summary>Values that are arrays. Every element that is refused is reported.</summary>
internal static class ListReaders
{
    public const string OnlyExcludes = "only excludes, so no event would match";

    /// <summary>Null means refused and reported.</summary>
    public static ImmutableArray<Pattern>? Patterns(KeyReading reading, ValueSyntax node)
    {
        var patterns = ImmutableArray.CreateBuilder<Pattern>();
        var (allFine, anyInclude) = (true, false);
        foreach (var element in ElementsOf(node))
        {
            var pattern = OnePattern(reading, element);
            allFine &= pattern is not null;
            anyInclude |= pattern is { IsExclude: false };
            if (pattern is not null)
                patterns.Add(pattern);
        }

        if (allFine && !anyInclude)
            reading.Refuse(node, patterns.Count == 0 ? "no pattern, so no event would match" : OnlyExcludes);
        return allFine && anyInclude ? reading.Patterns.Share(patterns.DrainToImmutable()) : null;
    }

    /// <summary>Null means refused and reported.</summary>
    public static Pattern? OnePattern(KeyReading reading, ValueSyntax element)
    {
        if (!reading.TryText(element, out var text))
            return null;
        if (reading.Patterns.TryParse(text.Value.Trim(), out var pattern))
            return pattern;
        reading.Refuse(element, text, "not a pattern");
        return null;
    }

    public static void SignatureKeys(KeyReading reading, ValueSyntax node, int max, WebhookDraft draft)
    {
        var isArray = node is ArraySyntax;
        var elements = ElementsOf(node);
        if (elements.Count == 0 || elements.Count > max)
        {
            reading.Refuse(node, $"an array of {elements.Count}");
            return;
        }

        var keys = ImmutableArray.CreateBuilder<(string, Position)>(elements.Count);
        foreach (var element in elements)
        {
            if (!reading.TryAnyText(element, out var text))
                continue;
            ValueReaders.WarnOfWhiteSpace(reading, element, text);
            if (text.Value.Length > 0)
                keys.Add((text.Value, Position.Of(element)));
            else if (isArray || text.HasMacro)
                reading.Refuse(element, text, "an empty key"); // A bare "" is unsigned, as in Stalwart; a variable that is empty is a mistake.
        }

        draft.SignatureKeys = keys.DrainToImmutable();
    }

    public static void Headers(KeyReading reading, ValueSyntax node, WebhookDraft draft)
    {
        foreach (var element in ElementsOf(node))
            Header(reading, element, draft);
    }

    /// <summary>Takes one more.</summary>
    public static void Header(KeyReading reading, ValueSyntax element, WebhookDraft draft)
    {
        if (!reading.TryText(element, out var text))
            return;
        if (HeaderText.Check(text.Value, out var header) is { } problem)
            reading.Refuse(element, text, problem);
        else if (HeaderText.IsOfTheEngine(header!.Name))
            reading.Warn(element, $"{header.Name} is set by the engine; this one is left out, remove it");
        else
            draft.Headers.Add((header, Position.Of(element)));
    }

    /// <summary>The elements of an array; anything else is its own only element.</summary>
    private static List<ValueSyntax> ElementsOf(ValueSyntax node)
    {
        if (node is not ArraySyntax array)
            return [node];
        var elements = new List<ValueSyntax>(array.Items.ChildrenCount);
        foreach (var item in array.Items)
        {
            if (item.Value is { } value)
                elements.Add(value);
        }

        return elements;
    }
}
