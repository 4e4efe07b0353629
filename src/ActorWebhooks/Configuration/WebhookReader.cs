using System.Collections.Immutable;
using ActorWebhooks.Matching;

namespace ActorWebhooks.Configuration;

/// <summary>Every key of a <c>[webhook."id"]</c> section with its type, default and rule.</summary>
internal static class WebhookReader
{
    private const string UrlRule = "an absolute http or https URL without user info, such as \"https://example.com/webhook\"";
    private const string EventsRule = "a pattern or an array of patterns, at least one not an exclude, such as [\"auth.*\", \"!auth.success\"]";
    private const string KeyRule = "a string, or an array of 1 to 10 strings, newest first";
    private const string SchemeRule = "\"x-signature\", \"standard\" or \"both\"";
    private const string AuthRule = "either auth.username and auth.secret, or auth.token";
    private const string CredentialRule = "a string without control characters";
    private const string DiscardRule = "\"never\", or an integer with ms, s, m, h or d, such as \"3d\" (1s to 365d)";

    private const int MaxSignatureKeys = 10;
    private const int KiB = 1024;
    private const int MiB = KiB * KiB;

    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    // Holds the defaults; the required members are of no account.
    private static readonly WebhookDefinition Default = new() { Id = "", Url = new Uri("http://localhost"), Events = [] };

    /// <summary>What the section says. Worth something only if it caused no error.</summary>
    public static WebhookDefinition Read(WebhookSection section, MacroSource macros, ErrorList errors, bool isWholeFile)
    {
        var keys = new KeyReader(section, macros, errors);
        foreach (var secret in new[] { "signature-key", "headers", "auth.username", "auth.secret", "auth.token" })
            keys.Hide(secret);

        var definition = new WebhookDefinition
        {
            Id = section.Id,
            Url = Url(keys, isWholeFile),
            Events = Events(keys, isWholeFile),
            Timeout = keys.Duration("timeout", Default.Timeout, Millisecond, TimeSpan.FromMinutes(10)),
            Throttle = keys.Duration("throttle", Default.Throttle, TimeSpan.Zero, TimeSpan.FromHours(1)),
            SignatureKeys = SignatureKeys(keys),
            SignatureScheme = Scheme(keys),
            Headers = Headers(keys),
            Authorization = Authorize(keys),
            AllowInvalidCerts = keys.Boolean("allow-invalid-certs", Default.AllowInvalidCerts),
            Lossy = keys.Boolean("lossy", Default.Lossy),
            Enable = keys.Boolean("enable", Default.Enable),
            DiscardAfter = DiscardAfter(keys),
            Batch = new BatchLimits(
                keys.Integer("batch.max-events", Default.Batch.MaxEvents, 1, 100_000),
                keys.Size("batch.max-bytes", Default.Batch.MaxBytes, KiB, 64 * MiB)),
            Retry = new RetryDelays(
                keys.Duration("retry.initial", Default.Retry.Initial, Millisecond, TimeSpan.FromHours(1)),
                keys.Duration("retry.max", Default.Retry.Max, Millisecond, TimeSpan.FromDays(1))),
        };
        CheckTogether(keys, definition);
        keys.FailUnknown();
        return definition;
    }

    private static Uri Url(KeyReader keys, bool isWholeFile)
    {
        const string key = "url";
        if (!keys.Has(key) && isWholeFile)
            keys.FailMissing(key, UrlRule);
        if (keys.Texts(key, UrlRule) is not [var text])
            return Default.Url;

        // It may be a password that stands before the at sign.
        if (text.Value.Contains('@', StringComparison.Ordinal))
            keys.Hide(key);
        var isAbsolute = Uri.TryCreate(text.Value, UriKind.Absolute, out var url);
        if (!isAbsolute || url!.Scheme is not ("http" or "https") || url.Host.Length == 0)
            keys.Fail(key, text.Syntax, "not an absolute http or https URL", UrlRule);
        else if (url.UserInfo.Length > 0)
            keys.Fail(key, text.Syntax, "a URL with user info", $"{UrlRule}; credentials go into auth.username and auth.secret");
        else
            return url;
        return Default.Url;
    }

    private static ImmutableArray<Pattern> Events(KeyReader keys, bool isWholeFile)
    {
        const string key = "events";
        if (!keys.Has(key) && isWholeFile)
            keys.FailMissing(key, EventsRule);
        var patterns = ImmutableArray.CreateBuilder<Pattern>();
        var isRight = true;
        foreach (var text in keys.Texts(key, EventsRule))
        {
            if (Pattern.TryParse(text.Value.Trim(), out var pattern))
            {
                patterns.Add(pattern);
                continue;
            }

            isRight = false;
            keys.Fail(key, text.Syntax, "not a pattern", Pattern.Rule);
        }

        if (isRight && patterns.Count > 0 && patterns.All(pattern => pattern.IsExclude))
            keys.FailAtKey(key, $"nothing but excludes, which matches no event; accepted: {EventsRule}");
        return patterns.DrainToImmutable();
    }

    private static ImmutableArray<SignatureKey> SignatureKeys(KeyReader keys)
    {
        const string key = "signature-key";
        var texts = keys.Texts(key, KeyRule);
        if (texts is [{ Value: "" }])
            return []; // As in Stalwart: unsigned.
        if (texts.Length > MaxSignatureKeys)
            keys.FailAtKey(key, $"{texts.Length} keys; accepted: {KeyRule}");
        foreach (var text in texts)
        {
            if (text.Value.Length == 0)
                keys.Fail(key, text.Syntax, "an empty key", KeyRule);
        }

        return [.. texts.Select(text => new SignatureKey(text.Value))];
    }

    private static SignatureScheme Scheme(KeyReader keys)
    {
        const string key = "signature-scheme";
        if (keys.Texts(key, SchemeRule) is not [var text])
            return Default.SignatureScheme;
        switch (text.Value)
        {
            case "x-signature":
                return SignatureScheme.XSignature;
            case "standard":
                return SignatureScheme.Standard;
            case "both":
                return SignatureScheme.Both;
            default:
                keys.Fail(key, text.Syntax, "no such scheme", SchemeRule);
                return Default.SignatureScheme;
        }
    }

    private static ImmutableArray<CustomHeader> Headers(KeyReader keys)
    {
        const string key = "headers";
        if (!keys.Has(key))
            return Default.Headers;
        var headers = ImmutableArray.CreateBuilder<CustomHeader>();
        foreach (var text in keys.OptionalTexts(key, HeaderRules.Rule))
        {
            if (HeaderRules.Parse(text.Value, out var fault) is { } header)
                headers.Add(header);
            else
                keys.Fail(key, text.Syntax, fault!, HeaderRules.Rule);
        }

        return headers.DrainToImmutable();
    }

    private static Authorization? Authorize(KeyReader keys)
    {
        var username = Credential(keys, "auth.username");
        var secret = Credential(keys, "auth.secret");
        var token = Credential(keys, "auth.token");
        if (keys.Has("auth.token"))
        {
            if (keys.Has("auth.username") || keys.Has("auth.secret"))
                keys.FailAtKey("auth.token", $"stands beside a username or secret; accepted: {AuthRule}");
            return token is null ? null : Authorization.Bearer(token);
        }

        if (keys.Has("auth.username") != keys.Has("auth.secret"))
            keys.FailAtKey(keys.Has("auth.username") ? "auth.username" : "auth.secret", $"stands alone; accepted: {AuthRule}");
        return username is null || secret is null ? null : Authorization.Basic(username, secret);
    }

    private static string? Credential(KeyReader keys, string key)
    {
        if (keys.Text(key, CredentialRule) is not { } credential)
            return null;
        if (!credential.Any(char.IsControl))
            return credential;
        keys.FailAtKey(key, $"has a control character; accepted: {CredentialRule}");
        return null;
    }

    private static TimeSpan? DiscardAfter(KeyReader keys)
    {
        const string key = "discard-after";
        return keys.IsText(key, "never")
            ? null
            : keys.Duration(key, Default.DiscardAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(365), DiscardRule);
    }

    private static void CheckTogether(KeyReader keys, WebhookDefinition definition)
    {
        if (definition.Retry.Initial > definition.Retry.Max)
            keys.FailAtKey(keys.Has("retry.initial") ? "retry.initial" : "retry.max", "retry.initial is longer than retry.max; accepted: at most the same");
        if (!definition.SignatureScheme.HasFlag(SignatureScheme.Standard))
            return;
        if (!keys.Has("signature-key") || definition.SignatureKeys is [] && keys.IsText("signature-key", ""))
            keys.FailAtKey("signature-scheme", "there is no signature-key to sign with; accepted: a signature-key beside it");
        else if (definition.SignatureKeys.Any(key => !key.IsStandard))
            keys.FailAtKey("signature-key", $"what follows {SignatureKey.StandardPrefix} is not base64; accepted: {SignatureKey.StandardPrefix} and base64, or a key without that prefix");
    }
}
