using System.Collections.Immutable;
using ActorWebhooks.Configuration.Values;
using ActorWebhooks.Matching;

namespace ActorWebhooks.Configuration.Keys;

/// <summary>The kinds of keys that there are, each with what it accepts and where its value goes.</summary>
internal static class KeyForms
{
    internal delegate WebhookDefinition Set<in T>(WebhookDefinition webhook, T value);

    public static WebhookKey Url(string name, Set<Uri> set) =>
        new(name, "an absolute http or https URL without user info, such as \"https://example.com/webhook\"", (reading, node, draft) =>
        {
            if (ValueReaders.Url(reading, node) is { } url)
                draft.Definition = set(draft.Definition, url);
        })
        { IsRequired = true };

    public static WebhookKey Patterns(string name, Set<ImmutableArray<Pattern>> set) =>
        new(name, $"a string or an array of strings, at least one of them without !; {Pattern.Rule}", (reading, node, draft) =>
        {
            if (ListReaders.Patterns(reading, node) is { } patterns)
                draft.Definition = set(draft.Definition, patterns);
        })
        {
            IsRequired = true,
            ReadElement = (reading, element, draft) =>
            {
                if (ListReaders.OnePattern(reading, element) is { } pattern)
                    draft.MorePatterns.Add(pattern);
            },
        };

    public static WebhookKey Duration(string name, string min, string max, Set<TimeSpan> set) =>
        new(name, AcceptedDuration(min, max), (reading, node, draft) =>
        {
            if (ValueReaders.Duration(reading, node, Time(min), Time(max)) is { } time)
                draft.Definition = set(draft.Definition, time);
        });

    /// <summary>A duration of Stalwart, which knows no bounds: what is beyond ours is taken as the bound.</summary>
    public static WebhookKey BoundedDuration(string name, string min, string max, Set<TimeSpan> set) =>
        new(name, AcceptedDuration(min, max), (reading, node, draft) =>
        {
            if (ValueReaders.BoundedDuration(reading, node, Time(min), Time(max)) is { } time)
                draft.Definition = set(draft.Definition, time);
        });

    public static WebhookKey BoundedDurationOrNever(string name, string min, string max, Set<TimeSpan?> set) =>
        new(name, $"\"never\" or {AcceptedDuration(min, max)}", (reading, node, draft) =>
        {
            if (ValueReaders.BoundedDurationOrNever(reading, node, Time(min), Time(max), out var time))
                draft.Definition = set(draft.Definition, time);
        });

    public static WebhookKey Rate(string name, Set<RequestRate> set) =>
        new(name, $"a number of requests with /s, /m or /h, such as \"2/s\" ({RequestRate.Least} to {RequestRate.Most:N0})", (reading, node, draft) =>
        {
            if (ValueReaders.Rate(reading, node) is { } rate)
                draft.Definition = set(draft.Definition, rate);
        });

    public static WebhookKey Size(string name, string min, string max, Set<int> set) =>
        new(name, $"an integer with B, KiB or MiB, such as \"256KiB\" ({min} to {max})", (reading, node, draft) =>
        {
            if (ValueReaders.Size(reading, node, Bytes(min), Bytes(max)) is { } bytes)
                draft.Definition = set(draft.Definition, bytes);
        });

    public static WebhookKey Count(string name, int min, int max, Set<int> set) =>
        new(name, $"an integer from {min:N0} to {max:N0}", (reading, node, draft) =>
        {
            if (ValueReaders.Count(reading, node, min, max) is { } count)
                draft.Definition = set(draft.Definition, count);
        });

    public static WebhookKey Flag(string name, Set<bool> set) =>
        new(name, "true or false", (reading, node, draft) =>
        {
            if (ValueReaders.Flag(reading, node) is { } on)
                draft.Definition = set(draft.Definition, on);
        });

    public static WebhookKey Scheme(string name, Set<SignatureScheme> set) =>
        new(name, "\"x-signature\", \"standard\" or \"both\"", (reading, node, draft) =>
        {
            if (ValueReaders.Scheme(reading, node) is { } scheme)
                draft.Definition = set(draft.Definition, scheme);
        });

    public static WebhookKey HttpVersion(string name, Set<HttpVersionChoice> set) =>
        new(name, "\"1.1\", \"2\" or \"auto\"", (reading, node, draft) =>
        {
            if (ValueReaders.HttpVersion(reading, node) is { } version)
                draft.Definition = set(draft.Definition, version);
        });

    public static WebhookKey Text(string name, string accepted, Predicate<string> rule, Action<WebhookDraft, string> set) =>
        new(name, accepted, (reading, node, draft) =>
        {
            if (ValueReaders.Text(reading, node, rule) is { } text)
                set(draft, text);
        });

    public static WebhookKey Secret(string name, string accepted, Predicate<string> rule, Action<WebhookDraft, string> set) =>
        Text(name, accepted, rule, set) with { IsSecret = true };

    public static WebhookKey SignatureKeys(string name, int max) =>
        new(name, $"a string, or an array of 1 to {max} strings that are not empty, the newest first", (reading, node, draft) =>
            ListReaders.SignatureKeys(reading, node, max, draft))
        { IsSecret = true };

    public static WebhookKey Headers(string name) =>
        new(name, "a \"Name: value\" string or an array of them", ListReaders.Headers) { IsSecret = true, ReadElement = ListReaders.Header };

    public static bool IsWithoutControl(string text) => !text.Any(char.IsControl);

    // The colon ends the user name in HTTP Basic.
    public static bool IsUsername(string text) => IsWithoutControl(text) && !text.Contains(':', StringComparison.Ordinal);

    public static bool IsToken(string text) => text.Length > 0 && text.All(c => c is > ' ' and < '\x7f');

    private static string AcceptedDuration(string min, string max) =>
        $"an integer with ms, s, m, h or d, such as \"1s\" ({min} to {max})";

    private static TimeSpan Time(string text) => DurationText.TryParse(text, out var time) ? time : throw new ArgumentException(text);

    private static long Bytes(string text) => SizeText.TryParse(text, out var bytes) ? bytes : throw new ArgumentException(text);
}
