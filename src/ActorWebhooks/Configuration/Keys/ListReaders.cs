using System.Collections.Immutable;
using ActorWebhooks.Configuration.Toml;
using ActorWebhooks.Configuration.Values;
using ActorWebhooks.Matching;
using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Keys;

/// <summary>Values that are arrays. Every element that is refused is reported.</summary>
internal static class ListReaders
{
    /// <summary>Null means refused and reported.</summary>
    public static ImmutableArray<Pattern>? Patterns(KeyReading reading, ValueSyntax node)
    {
        var patterns = ImmutableArray.CreateBuilder<Pattern>();
        var (allFine, anyInclude) = (true, false);
        foreach (var element in ElementsOf(node))
        {
            if (!reading.TryText(element, out var text))
            {
                allFine = false;
            }
            else if (!reading.Patterns.TryParse(text.Value, out var pattern))
            {
                reading.Refuse(element, text, "not a pattern");
                allFine = false;
            }
            else
            {
                patterns.Add(pattern);
                anyInclude |= !pattern.IsExclude;
            }
        }

        if (allFine && !anyInclude)
            reading.Refuse(node, patterns.Count == 0 ? "no pattern, so no event would match" : "only excludes, so no event would match");
        return allFine && anyInclude ? reading.Patterns.Share(patterns.DrainToImmutable()) : null;
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
            if (!reading.TryText(element, out var text))
                continue;
            if (text.Value.Length > 0)
                keys.Add((text.Value, Position.Of(element)));
            else if (isArray || text.HasMacro)
                reading.Refuse(element, text, "an empty key"); // A bare "" is unsigned, as in Stalwart; a variable that is empty is a mistake.
        }

        draft.SignatureKeys = keys.DrainToImmutable();
    }

    public static void Headers(KeyReading reading, ValueSyntax node, WebhookDraft draft)
    {
        if (node is not ArraySyntax)
        {
            reading.RefuseType(node);
            return;
        }

        var headers = ImmutableArray.CreateBuilder<(CustomHeader, Position)>();
        foreach (var element in ElementsOf(node))
        {
            if (!reading.TryText(element, out var text))
                continue;
            if (HeaderText.Check(text.Value, out var header) is { } problem)
                reading.Refuse(element, text, problem);
            else
                headers.Add((header!, Position.Of(element)));
        }

        draft.Headers = headers.DrainToImmutable();
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
