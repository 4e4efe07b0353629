using System.Collections.Frozen;
using System.Collections.Immutable;
using static ActorWebhooks.Configuration.Keys.KeyForms;

namespace ActorWebhooks.Configuration.Keys;

/// <summary>All keys of a <c>[webhook."id"]</c> section. Rules that need several keys are in <see cref="WebhookRules"/>.</summary>
internal static class WebhookKeys
{
    public static readonly ImmutableArray<WebhookKey> All =
    [
        Url("url", (w, url) => w with { Url = url }),
        Patterns("events", (w, patterns) => w with { Events = patterns }),
        BoundedDuration("timeout", "1ms", "10m", (w, time) => w with { Timeout = time }),
        BoundedDuration("throttle", "0", "1h", (w, time) => w with { Throttle = time }),
        Rate("rate", (w, rate) => w with { Rate = rate }),
        SignatureKeys("signature-key", max: 10),
        Scheme("signature-scheme", (w, scheme) => w with { SignatureScheme = scheme }),
        Headers("headers"),
        Secret("auth.username", "text without control characters and colons", IsUsername, (draft, text) => draft.Username = text),
        Secret("auth.secret", "text without control characters", IsWithoutControl, (draft, text) => draft.Secret = text),
        Secret("auth.token", "visible ASCII characters without spaces, at least one", IsToken, (draft, text) => draft.Token = text),
        Flag("allow-invalid-certs", (w, on) => w with { AllowInvalidCerts = on }),
        HttpVersion("http-version", (w, version) => w with { HttpVersion = version }),
        Flag("lossy", (w, on) => w with { Lossy = on }),
        Flag("enable", (w, on) => w with { Enable = on }),
        BoundedDurationOrNever("discard-after", "1s", "365d", (w, time) => w with { DiscardAfter = time }),
        Count("batch.max-events", 1, 100_000, (w, count) => w with { Batch = w.Batch with { MaxEvents = count } }),
        Size("batch.max-bytes", "1KiB", "64MiB", (w, bytes) => w with { Batch = w.Batch with { MaxBytes = bytes } }),
        Flag("conflict-is-delivered", (w, on) => w with { ConflictIsDelivered = on }),
        Count("poison.attempts", 0, 1_000, (w, count) => w with { PoisonAttempts = count }),
        Duration("retry.initial", "1ms", "1h", (w, time) => w with { Retry = w.Retry with { Initial = time } }),
        Duration("retry.max", "1ms", "1d", (w, time) => w with { Retry = w.Retry with { Max = time } }),
    ];

    public static readonly ImmutableArray<string> Names = [.. All.Select(key => key.Name)];

    private static readonly FrozenDictionary<string, WebhookKey> ByName = All.ToFrozenDictionary(key => key.Name, StringComparer.Ordinal);

    private static readonly FrozenSet<string> Tables =
        Names.Where(name => name.Contains('.', StringComparison.Ordinal)).Select(name => name[..name.IndexOf('.', StringComparison.Ordinal)])
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What may stand below an id.</summary>
    public static readonly ImmutableArray<string> NamesAndTables = [.. Names, .. Tables];

    public static WebhookKey? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Whether keys stand under it, as under <c>auth</c>.</summary>
    public static bool IsTable(string name) => Tables.Contains(name);
}
