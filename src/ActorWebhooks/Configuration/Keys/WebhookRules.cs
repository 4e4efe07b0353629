using System.Collections.Immutable;
using ActorWebhooks.Configuration.Toml;
using ActorWebhooks.Configuration.Values;

namespace ActorWebhooks.Configuration.Keys;

/// <summary>The rules that need more than one key of a section.</summary>
internal static class WebhookRules
{
    /// <summary>The definition with what depends on several keys; of use only if nothing was reported.</summary>
    public static WebhookDefinition Complete(WebhookDraft draft, Predicate<string> isMissing, Faults faults) => draft.Definition with
    {
        SignatureKeys = SignatureKeys(draft, isMissing, faults),
        Headers = Headers(draft, faults),
        Authorization = Authorize(draft, isMissing, faults),
        Retry = Retry(draft, faults),
    };

    private static ImmutableArray<SignatureKey> SignatureKeys(WebhookDraft draft, Predicate<string> isMissing, Faults faults)
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
        }

        return keys.DrainToImmutable();
    }

    private static ImmutableArray<CustomHeader> Headers(WebhookDraft draft, Faults faults)
    {
        if (draft.Headers.IsEmpty)
            return [];

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var headers = ImmutableArray.CreateBuilder<CustomHeader>(draft.Headers.Length);
        foreach (var (header, at) in draft.Headers)
        {
            if (!names.Add(header.Name) && HeaderText.IsSingle(header.Name))
                faults.Add(at, $"headers: {header.Name} is given twice; a request has it once, remove one of them");
            else if (!draft.SignatureKeys.IsEmpty && IsOfSignature(header.Name, draft.Definition.SignatureScheme))
                faults.Add(at, $"headers: {header.Name} carries the signature of this webhook; remove it, or signature-key");
            headers.Add(header);
        }

        return headers.MoveToImmutable();
    }

    private static Authorization? Authorize(WebhookDraft draft, Predicate<string> isMissing, Faults faults)
    {
        var username = draft.Find("auth.username");
        var secret = draft.Find("auth.secret");
        var token = draft.Find("auth.token");
        if (token is { } both && (username ?? secret) is not null)
        {
            faults.Add(both.ValueAt, "auth.token: together with auth.username or auth.secret; keep the token, or user name and secret");
            return null;
        }

        if (username is { } lonelyName && isMissing("auth.secret"))
            faults.Add(lonelyName.ValueAt, "auth.username: without auth.secret; give both or neither");
        else if (secret is { } lonelySecret && isMissing("auth.username"))
            faults.Add(lonelySecret.ValueAt, "auth.secret: without auth.username; give both or neither");

        return draft is { Username: { } name, Secret: { } password } ? Authorization.Basic(name, password)
            : draft.Token is { } bearer ? Authorization.Bearer(bearer)
            : null;
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

    private static bool IsOfSignature(string name, SignatureScheme scheme) => name.ToUpperInvariant() switch
    {
        "X-SIGNATURE" => scheme.HasFlag(SignatureScheme.XSignature),
        "WEBHOOK-ID" or "WEBHOOK-TIMESTAMP" or "WEBHOOK-SIGNATURE" => scheme.HasFlag(SignatureScheme.Standard),
        _ => false,
    };

    private static bool IsRefused(WebhookDraft draft, string key) => draft.Find(key) is { IsRefused: true };
}
