using ActorWebhooks.Configuration;

namespace ActorWebhooks.Server.Receiving;

/// <summary>What a receiver makes of the signature of a request, in whichever of the two schemes it is signed.</summary>
internal readonly record struct SignatureVerdict(bool IsRefused, string Sentence)
{
    private const string XSignature = "X-Signature";
    private const string Standard = "webhook-signature";

    public static SignatureVerdict Of(ReadOnlySpan<byte> body, IHeaderDictionary headers, string? key)
    {
        if (key is null)
            return new(false, "signature not checked (no --signature-key)");
        if (WebhookSignature.Verify(body, headers[XSignature], key))
            return new(false, $"signature valid ({XSignature})");

        // A key for X-Signature alone may look like one of Standard Webhooks without being one.
        if (SignatureKey.TryParse(key) is not null
            && WebhookSignature.VerifyStandard(body, headers["webhook-id"], headers["webhook-timestamp"], headers[Standard], key))
            return new(false, "signature valid (Standard Webhooks)");

        return new(true, headers.ContainsKey(XSignature) || headers.ContainsKey(Standard)
            ? "signature INVALID: the key differs, the body was changed, or webhook-timestamp is over 5 minutes off"
            : $"not signed: no {XSignature} and no {Standard} header");
    }
}
