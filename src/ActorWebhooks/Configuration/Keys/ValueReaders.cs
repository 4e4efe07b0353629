using System.Globalization;
using System.Text;
using ActorWebhooks.Configuration.Macros;
using ActorWebhooks.Configuration.Values;
using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Keys;

/// <summary>Single values. Null, or false, means refused and reported.</summary>
internal static class ValueReaders
{
    private const string Never = "never";

    public static Uri? Url(KeyReading reading, ValueSyntax node)
    {
        if (!reading.TryText(node, out var text))
            return null;
        if (UrlText.Check(text.Value.Trim(), out var url) is not { } problem)
            return InAscii(reading, node, text, url!);

        // What stands before an @ may be a password.
        var isHidden = text.HasMacro || text.Value.Contains('@', StringComparison.Ordinal);
        reading.Refuse(node, isHidden ? Quoted.Hidden : Quoted.Show(WithoutPath(text.Value)), problem);
        return null;
    }

    // A name in other letters is sent, resolved and compared with certificates in its ASCII form.
    private static Uri? InAscii(KeyReading reading, ValueSyntax node, MacroText text, Uri url)
    {
        if (Ascii.IsValid(url.OriginalString) || Ascii.IsValid(url.Host))
            return url;
        if (UrlText.WithAsciiHost(url) is not { } ascii)
        {
            reading.Refuse(node, Quoted.Hidden, "a host name that has no ASCII form");
            return null;
        }

        reading.Warn(node, text.HasMacro
            ? "the host is sent in its ASCII form (punycode)"
            : $"the host {Quoted.Show(url.Host)} is sent in its ASCII form, {Quoted.Show(ascii.Host)} (punycode)");
        return ascii;
    }

    // Some endpoints want their secret in the path or the query.
    private static string WithoutPath(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        var start = scheme < 0 ? Math.Min(1, url.Length) : scheme + 3;
        var end = url.AsSpan(start).IndexOfAny("/?#");
        return end < 0 || start + end + 1 == url.Length ? url : $"{url[..(start + end + 1)]}{Quoted.Hidden}";
    }

    public static TimeSpan? Duration(KeyReading reading, ValueSyntax node, TimeSpan min, TimeSpan max) =>
        DurationReader.TryRead(reading, node, new DurationRule(min, max), out var duration) ? duration : null;

    public static TimeSpan? BoundedDuration(KeyReading reading, ValueSyntax node, TimeSpan min, TimeSpan max) =>
        DurationReader.TryRead(reading, node, new DurationRule(min, max) { TakesBound = true }, out var duration) ? duration : null;

    public static bool BoundedDurationOrNever(KeyReading reading, ValueSyntax node, TimeSpan min, TimeSpan max, out TimeSpan? duration) =>
        DurationReader.TryRead(reading, node, new DurationRule(min, max) { TakesBound = true, Word = Never }, out duration);

    public static RequestRate? Rate(KeyReading reading, ValueSyntax node)
    {
        if (!reading.TryText(node, out var text))
            return null;
        if (!RateText.TryParse(text.Value, out var rate))
            reading.Refuse(node, text, "not a rate");
        else if (rate.Count is < RequestRate.Least or > RequestRate.Most)
            reading.Refuse(node, text, "out of range");
        else
            return rate;
        return null;
    }

    public static int? Size(KeyReading reading, ValueSyntax node, long min, long max)
    {
        if (node is IntegerValueSyntax integer)
            return InRange(reading, integer, min, max);
        if (!reading.TryText(node, out var text))
            return null;
        if (!SizeText.TryParse(text.Value, out var bytes))
            reading.Refuse(node, text, "not a size");
        else if (bytes < min || bytes > max)
            reading.Refuse(node, text, "out of range");
        else
            return (int)bytes;
        return null;
    }

    public static int? Count(KeyReading reading, ValueSyntax node, int min, int max)
    {
        if (node is IntegerValueSyntax integer)
            return InRange(reading, integer, min, max);
        reading.RefuseType(node);
        return null;
    }

    public static bool? Flag(KeyReading reading, ValueSyntax node)
    {
        if (node is BooleanValueSyntax boolean)
            return boolean.Value;
        if (!reading.TryText(node, out var text))
            return null;
        if (text.Value is "true" or "false")
            return text.Value == "true";
        reading.Refuse(node, text, "not a boolean");
        return null;
    }

    public static SignatureScheme? Scheme(KeyReading reading, ValueSyntax node)
    {
        if (!reading.TryText(node, out var text))
            return null;
        switch (text.Value)
        {
            case "x-signature": return SignatureScheme.XSignature;
            case "standard": return SignatureScheme.Standard;
            case "both": return SignatureScheme.Both;
        }

        reading.Refuse(node, text, "unknown scheme");
        return null;
    }

    /// <summary>With quotes, or without as numbers have none.</summary>
    public static HttpVersionChoice? HttpVersion(KeyReading reading, ValueSyntax node)
    {
        if (!reading.TryAnyText(node, out var text))
            return null;
        if (HttpVersionText.TryParse(text.Value, out var version))
            return version;
        reading.Refuse(node, text, "not a version of HTTP that webhooks are sent in");
        return null;
    }

    /// <summary>A user name or a secret: the text that it is written as, be it a number.</summary>
    public static string? Text(KeyReading reading, ValueSyntax node, Predicate<string> rule)
    {
        if (!reading.TryAnyText(node, out var text))
            return null;
        WarnOfWhiteSpace(reading, node, text);
        if (rule(text.Value))
            return text.Value;
        reading.Refuse(node, text, "text that cannot be sent");
        return null;
    }

    public static void WarnOfWhiteSpace(KeyReading reading, ValueSyntax node, MacroText text)
    {
        if (text.Value.AsSpan().Trim().Length < text.Value.Length)
            reading.Warn(node, text, "begins or ends with white space, which is taken as a part of it; remove it if it is none");
    }

    private static int? InRange(KeyReading reading, IntegerValueSyntax node, long min, long max)
    {
        if (node.Value >= min && node.Value <= max)
            return (int)node.Value;
        reading.Refuse(node, Show(node), "out of range");
        return null;
    }

    private static string Show(IntegerValueSyntax node) => node.Value.ToString(CultureInfo.InvariantCulture);
}
