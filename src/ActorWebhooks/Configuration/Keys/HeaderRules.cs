using System.Collections.Immutable;
using ActorWebhooks.Configuration.Toml;
using ActorWebhooks.Configuration.Values;

namespace ActorWebhooks.Configuration.Keys;

/// <summary>Which of the headers of a section are sent. Those that would contradict others are left out, as Stalwart does.</summary>
internal static class HeaderRules
{
    private const string Authorization = "Authorization";

    public static ImmutableArray<CustomHeader> Complete(WebhookDraft draft, bool isAuthorized, Faults warnings)
    {
        if (!draft.HasHeaders)
            return [];

        var last = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < draft.Headers.Count; i++)
            last[draft.Headers[i].Header.Name] = i;
        var headers = ImmutableArray.CreateBuilder<CustomHeader>(draft.Headers.Count);
        for (var i = 0; i < draft.Headers.Count; i++)
        {
            var (header, at) = draft.Headers[i];
            if (isAuthorized && IsAuthorization(header))
                warnings.Add(at, $"headers: {header.Name} is left out, as auth says what is sent there; remove one of them");
            else if (!draft.SignatureKeys.IsEmpty && IsOfSignature(header.Name, draft.Definition.SignatureScheme))
                warnings.Add(at, $"headers: {header.Name} is left out, as it carries the signature of this webhook; remove it, or signature-key");
            else if (HeaderText.IsSingle(header.Name) && last[header.Name] != i)
                warnings.Add(at, $"headers: {header.Name} is given again, and a request has it once, so this one is left out; remove one of them");
            else
                headers.Add(header);
        }

        if (!isAuthorized && last.TryGetValue(Authorization, out _))
            UrlRules.WarnOfPlainCredentials(draft, $"the {Authorization} header", warnings);
        return headers.DrainToImmutable();
    }

    private static bool IsAuthorization(CustomHeader header) => header.Name.Equals(Authorization, StringComparison.OrdinalIgnoreCase);

    private static bool IsOfSignature(string name, SignatureScheme scheme) => name.ToUpperInvariant() switch
    {
        "X-SIGNATURE" => scheme.HasFlag(SignatureScheme.XSignature),
        "WEBHOOK-ID" or "WEBHOOK-TIMESTAMP" or "WEBHOOK-SIGNATURE" => scheme.HasFlag(SignatureScheme.Standard),
        _ => false,
    };
}
