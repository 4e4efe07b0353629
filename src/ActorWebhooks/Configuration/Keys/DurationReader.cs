using System.Globalization;
using ActorWebhooks.Configuration.Macros;
using ActorWebhooks.Configuration.Values;
using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Keys;

/// <summary>Values that are durations.</summary>
internal static class DurationReader
{
    /// <param name="duration">Null for the word of the rule.</param>
    /// <returns>False when it is refused and reported.</returns>
    public static bool TryRead(KeyReading reading, ValueSyntax node, DurationRule rule, out TimeSpan? duration)
    {
        if (node is IntegerValueSyntax integer)
        {
            var written = new MacroText(integer.Value.ToString(CultureInfo.InvariantCulture), HasMacro: false);
            duration = Bounded(reading, node, written, DurationText.FromMilliseconds(integer.Value), rule);
            if (duration is null)
                reading.Refuse(node, written.Value, "out of range (an integer is milliseconds)");
            return duration is not null;
        }

        duration = null;
        if (!reading.TryText(node, out var text))
            return false;
        if (rule.Word is { } word && text.Value == word)
            return true;
        if (!DurationText.TryParse(text.Value, out var parsed))
            reading.Refuse(node, text, "not a duration");
        else if ((duration = Bounded(reading, node, text, parsed, rule)) is null)
            reading.Refuse(node, text, "out of range");
        return duration is not null;
    }

    // Stalwart refuses zero and what is no 64-bit number.
    private static TimeSpan? Bounded(KeyReading reading, ValueSyntax node, MacroText written, TimeSpan found, DurationRule rule)
    {
        if (found >= rule.Min && found <= rule.Max)
            return found;
        if (!rule.TakesBound || found <= TimeSpan.Zero || found == TimeSpan.MaxValue)
            return null;
        var (relation, bound) = found < rule.Min ? ("shorter", rule.Min) : ("longer", rule.Max);
        reading.Warn(node, written, $"{relation} than {DurationText.Format(bound)}, which is taken");
        return bound;
    }
}
