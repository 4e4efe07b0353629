using System.Collections.Immutable;
using ActorWebhooks.Configuration.Values;
using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration;

/// <summary>
/// Reads the keys of one section as their types, and notes every value that is not right. What it was asked for are the known keys;
/// the rest is unknown.
/// </summary>
internal sealed class KeyReader(WebhookSection section, MacroSource macros, ErrorList errors)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal);

    public bool Has(string key) => section.Values.ContainsKey(key);

    /// <summary>From here on the value is not quoted in errors.</summary>
    public void Hide(string key) => _secrets.Add(key);

    public string? Text(string key, string accepted) =>
        Find(key) is { } value ? Texts(key, value, accepted, allowArray: false) is [var text] ? text.Value : null : null;

    /// <summary>A string, or an array of strings; empty when the key is not there or not right.</summary>
    public ImmutableArray<TextValue> Texts(string key, string accepted) =>
        Find(key) is { } value ? Texts(key, value, accepted, allowArray: true) : [];

    /// <summary>The same, but an empty array is right too.</summary>
    public ImmutableArray<TextValue> OptionalTexts(string key, string accepted) =>
        Find(key) is ArraySyntax { Items.ChildrenCount: 0 } ? [] : Texts(key, accepted);

    /// <summary>Whether the value is exactly <paramref name="text"/>.</summary>
    public bool IsText(string key, string text) => Find(key) is StringValueSyntax found && found.Value == text;

    public TimeSpan Duration(string key, TimeSpan byDefault, TimeSpan min, TimeSpan max, string? rule = null)
    {
        if (Find(key) is not { } value)
            return byDefault;
        var accepted = rule ?? $"{DurationText.Units} ({DurationText.Format(min)} to {DurationText.Format(max)})";
        var text = value is IntegerValueSyntax ? null : Text(key, accepted);
        if (value is not IntegerValueSyntax && text is null)
            return byDefault;
        return InRange(key, value, text is null ? DurationText.OfMilliseconds(((IntegerValueSyntax)value).Value) : DurationText.Parse(text), min, max, "a duration", accepted)
            ?? byDefault;
    }

    public int Size(string key, int byDefault, int min, int max)
    {
        if (Find(key) is not { } value)
            return byDefault;
        var accepted = $"{SizeText.Units} ({SizeText.Format(min)} to {SizeText.Format(max)})";
        var text = value is IntegerValueSyntax ? null : Text(key, accepted);
        if (value is not IntegerValueSyntax && text is null)
            return byDefault;
        return (int)(InRange<long>(key, value, text is null ? ((IntegerValueSyntax)value).Value : SizeText.Parse(text), min, max, "a size", accepted)
            ?? byDefault);
    }

    public int Integer(string key, int byDefault, int min, int max)
    {
        if (Find(key) is not { } value)
            return byDefault;
        var number = value is IntegerValueSyntax integer ? integer.Value : (long?)null;
        return (int)(InRange<long>(key, value, number, min, max, "an integer", $"an integer from {min} to {max}") ?? byDefault);
    }

    /// <summary>A TOML boolean, or as in Stalwart the strings "true" and "false".</summary>
    public bool Boolean(string key, bool byDefault)
    {
        const string accepted = "true or false";
        switch (Find(key))
        {
            case null:
                return byDefault;
            case BooleanValueSyntax boolean:
                return boolean.Value;
            case StringValueSyntax { Value: "true" }:
                return true;
            case StringValueSyntax { Value: "false" }:
                return false;
            case var value:
                Fail(key, value, "not a boolean", accepted);
                return byDefault;
        }
    }

    public void Fail(string key, SyntaxNode at, string fault, string accepted) =>
        errors.Add(at.Span.Start, $"{key} = {Show(key, at)}: {fault}; accepted: {accepted}");

    /// <summary>A rule that takes more than one key is broken.</summary>
    public void FailAtKey(string key, string message) => errors.Add(section.Values[key].Path[^1].Position, $"{key}: {message}");

    public void FailMissing(string key, string accepted) =>
        errors.Add(section.Position, $"webhook.\"{Shown.Text(section.Id)}\": the key '{key}' is missing; accepted: {accepted}");

    /// <summary>Every key and table that nobody asked for.</summary>
    public void FailUnknown()
    {
        var unknownTables = section.Tables.Keys.Where(table => table.Length > 0 && !IsTable(table)).ToArray();
        foreach (var table in unknownTables)
            FailUnknown(table, section.Tables[table]);
        foreach (var (key, entry) in section.Values)
        {
            if (_known.Contains(key) || Array.Exists(unknownTables, table => key.StartsWith($"{table}.", StringComparison.Ordinal)))
                continue;
            if (IsTable(key))
                errors.Add(entry.Path[^1].Position, $"{key}: not a table; accepted: {string.Join(", ", _known.Where(known => known.StartsWith($"{key}.", StringComparison.Ordinal)))}");
            else
                FailUnknown(key, entry.Path[^1].Position);
        }
    }

    private bool IsTable(string key) => _known.Any(known => known.StartsWith($"{key}.", StringComparison.Ordinal));

    private void FailUnknown(string key, TextPosition position)
    {
        var tail = NearestKey.Of(key, _known) is { } near
            ? $"did you mean '{near}'?"
            : $"accepted: {string.Join(", ", _known.Order(StringComparer.Ordinal))}";
        errors.Add(position, $"{Shown.Text(key)}: no such key; {tail}");
    }

    private ValueSyntax? Find(string key)
    {
        _known.Add(key);
        return section.Values.TryGetValue(key, out var entry) ? entry.Value : null;
    }

    private ImmutableArray<TextValue> Texts(string key, ValueSyntax value, string accepted, bool allowArray)
    {
        if (value is not ArraySyntax array || !allowArray)
            return Expand(key, value, accepted) is { } single ? [single] : [];
        var texts = ImmutableArray.CreateBuilder<TextValue>();
        foreach (var item in array.Items)
        {
            if (item.Value is { } itemValue && Expand(key, itemValue, accepted) is { } text)
                texts.Add(text);
        }

        if (texts.Count == 0 && array.Items.ChildrenCount == 0)
            Fail(key, array, "an empty array", accepted);
        return texts.DrainToImmutable();
    }

    private TextValue? Expand(string key, ValueSyntax value, string accepted)
    {
        if (value is not StringValueSyntax { Value: { } text })
        {
            Fail(key, value, "not a string", accepted);
            return null;
        }

        if (!Macros.AreIn(text))
            return new TextValue(text, value);
        var expanded = Macros.Expand(text, macros, out var fault);
        if (fault is null)
            return new TextValue(expanded, value);
        Fail(key, value, fault, accepted);
        return null;
    }

    private T? InRange<T>(string key, ValueSyntax value, T? found, T min, T max, string what, string accepted)
        where T : struct, IComparable<T>
    {
        if (found is { } number && number.CompareTo(min) >= 0 && number.CompareTo(max) <= 0)
            return number;
        Fail(key, value, found is null ? $"not {what}" : "out of range", accepted);
        return null;
    }

    // The text of the file, in which a macro stands for itself and shows nothing.
    private string Show(string key, SyntaxNode at) => _secrets.Contains(key) ? Shown.Hidden : at switch
    {
        StringValueSyntax { Value: { } text } => $"\"{Shown.Text(text)}\"",
        _ => Shown.Text(at.ToString().Trim()),
    };
}
