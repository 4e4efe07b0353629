using ActorWebhooks.Configuration.Macros;
using ActorWebhooks.Configuration.Toml;
using ActorWebhooks.Configuration.Values;
using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Keys;

/// <summary>The reading of one key: expands its strings and words what is refused, without showing what must not be seen.</summary>
internal readonly struct KeyReading(WebhookKey key, Faults faults, Faults warnings, MacroExpander macros, SharedPatterns patterns)
{
    public SharedPatterns Patterns => patterns;

    /// <summary>False if it is no string or a macro in it cannot be resolved; that is reported then.</summary>
    public bool TryText(ValueSyntax node, out MacroText text)
    {
        text = default;
        if (node is not StringValueSyntax { Value: { } raw })
        {
            RefuseType(node);
            return false;
        }

        if (macros.Expand(raw, out text) is { } problem)
        {
            faults.Add(Position.Of(node), $"{key.Name}: {problem}");
            return false;
        }

        if (text.EndedInNewline is { } variable)
            Warn(node, $"the environment variable {Quoted.Show(variable)} ends in a newline, which is left out; set it without one");
        return true;
    }

    /// <summary>The same, and numbers and the like are the text that they are written as.</summary>
    public bool TryAnyText(ValueSyntax node, out MacroText text)
    {
        var written = node switch
        {
            IntegerValueSyntax integer => integer.Token?.Text,
            FloatValueSyntax number => number.Token?.Text,
            BooleanValueSyntax boolean => boolean.Token?.Text,
            DateTimeValueSyntax time => time.Token?.Text,
            _ => null,
        };
        text = new MacroText(written ?? "", HasMacro: false);
        return written is not null || TryText(node, out text);
    }

    /// <summary>For what is taken all the same.</summary>
    public void Warn(ValueSyntax node, string message) => warnings.Add(Position.Of(node), $"{key.Name}: {message}");

    /// <summary>For a value that is taken for another one.</summary>
    public void Warn(ValueSyntax node, MacroText text, string message) =>
        warnings.Add(Position.Of(node), $"{key.Name} = {(text.HasMacro || key.IsSecret ? Quoted.Hidden : Quoted.Show(text.Value))}: {message}");

    public void Refuse(ValueSyntax node, MacroText text, string problem) =>
        Refuse(node, text.HasMacro || key.IsSecret ? Quoted.Hidden : Quoted.Show(text.Value), problem);

    public void Refuse(ValueSyntax node, string shown, string problem) =>
        faults.Add(Position.Of(node), $"{key.Name} = {(key.IsSecret ? Quoted.Hidden : shown)}: {problem}; accepted: {key.Accepted}");

    /// <summary>For what is wrong with the value as a whole.</summary>
    public void Refuse(ValueSyntax node, string problem) =>
        faults.Add(Position.Of(node), $"{key.Name}: {problem}; accepted: {key.Accepted}");

    public void RefuseType(ValueSyntax node)
    {
        var (kind, shown) = node switch
        {
            StringValueSyntax => ("a string", null),
            IntegerValueSyntax integer => ("an integer", integer.Token?.Text),
            FloatValueSyntax number => ("a float", number.Token?.Text),
            BooleanValueSyntax boolean => ("a boolean", boolean.Value ? "true" : "false"),
            DateTimeValueSyntax => ("a date or time", null),
            ArraySyntax => ("an array", null),
            _ => ("a table", null),
        };
        if (shown is null || key.IsSecret)
            Refuse(node, $"found {kind}");
        else
            Refuse(node, shown, $"found {kind}");
    }
}
