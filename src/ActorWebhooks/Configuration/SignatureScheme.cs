namespace ActorWebhooks.Configuration;

/// <summary>Which signature headers a request carries (TOML <c>signature-scheme</c>).</summary>
[Flags]
internal enum SignatureScheme
{
    /// <summary><c>X-Signature</c>, as Stalwart Mail Server sends it.</summary>
    XSignature = 1,

    /// <summary><c>webhook-id</c>, <c>webhook-timestamp</c> and <c>webhook-signature</c>, see https://www.standardwebhooks.com.</summary>
    Standard = 2,

    Both = XSignature | Standard,
}
