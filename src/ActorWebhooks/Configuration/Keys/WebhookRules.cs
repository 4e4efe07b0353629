using System.Collections.Immutable;
using ActorWebhooks.Configuration.Toml;
using ActorWebhooks.Configuration.Values;
using ActorWebhooks.Matching;

namespace ActorWebhooks.Configuration.Keys;

/// <summary>The rules that need more than one key of a section.</summary>
internal static class WebhookRules
{
    /// <summary>The definition with what depends on several keys; of use only if nothing was reported as an error.</summary>
    public static WebhookDefinition Complete(WebhookDraft draft, Predicate<string> isMissing, Faults faults, Faults warnings)
    {
        var authorization = AuthorizationRules.Complete(draft, isMissing, warnings);
        return draft.Definition with
        {
            Events = Patterns(draft, faults),
            SignatureKeys = SignatureKeys(draft, isMissing, faults, warnings),
            Headers = HeaderRules.Complete(draft, authorization is not null, warnings),
            Authorization = authorization,
            Retry = Retry(draft, faults),
        };
    }

    private static ImmutableArray<Pattern> Patterns(WebhookDraft draft, Faults faults)
    {
        if (!draft.HasMorePatterns)
            return draft.Definition.Events;
        if (draft.MorePatterns.TrueForAll(pattern => pattern.IsExclude))
            faults.Add(draft.Find("events")!.Value.ValueAt, $"events: {ListReaders.OnlyExcludes}; accepted: {WebhookKeys.Find("events")!.Accepted}");
        return [.. draft.Definition.Events, .. draft.MorePatterns];
    }

    private static ImmutableArray<SignatureKey> SignatureKeys(WebhookDraft draft, Predicate<string> isMissing, Faults faults, Faults warnings)
    {
        var isStandard = draft.Definition.SignatureScheme.HasFlag(SignatureScheme.Standard);
        if (isStandard && draft.SignatureKeys.IsEmpty && !IsRefused(draft, "signature-key")
            && (isMissing("signature-key") || draft.Find("signature-key") is not null))
        {
            faults.Add(
                draft.Find("signature-scheme")!.Value.ValueAt,
                "signature-scheme: there is no key to sign with; add signature-key, or remove signature-scheme to send unsigned");
        }

        var keys = ImmutableArray.CreateBuilder<SignatureKey>(draft.SignatureKeys.Length);
        foreach (var (text, at) in draft.SignatureKeys)
        {
            var key = isStandard ? SignatureKey.TryParse(text) : SignatureKey.FromText(text);
            if (key is not null)
                keys.Add(key);
            else
                faults.Add(at, $"signature-key = {Quoted.Hidden}: what follows whsec_ is not base64; accepted: whsec_ and base64, or any other text");
            if (isStandard && !text.StartsWith(SignatureKey.StandardPrefix, StringComparison.Ordinal))
            {
                warnings.Add(at, $"signature-key = {Quoted.Hidden}: does not begin with {SignatureKey.StandardPrefix}, so its text is the key; "
                    + $"libraries for Standard Webhooks decode it from base64 instead and will not verify: write {SignatureKey.StandardPrefix} and the base64 of the key");
            }
        }

        return keys.DrainToImmutable();
    }

    private static RetryDelays Retry(WebhookDraft draft, Faults faults)
    {
        var retry = draft.Definition.Retry;
        if (retry.Initial > retry.Max && !IsRefused(draft, "retry.initial") && !IsRefused(draft, "retry.max"))
        {
            var given = draft.Find("retry.initial") ?? draft.Find("retry.max");
            faults.Add(
                given!.Value.ValueAt,
                $"retry.initial ({DurationText.Format(retry.Initial)}) is longer than retry.max ({DurationText.Format(retry.Max)}); "
                + "accepted: retry.initial up to retry.max (1s and 5m unless given)");
        }

        return retry;
    }

    private static bool IsRefused(WebhookDraft draft, string key) => draft.Find(key) is { IsRefused: true };
}
