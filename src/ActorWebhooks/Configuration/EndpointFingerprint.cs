using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ActorWebhooks.Configuration;

/// <summary>
/// Tells the endpoint of a webhook from the one that it had in an earlier process. Two bytes: enough to see a change by, and too few to try
/// guesses of a secret against.
/// </summary>
internal static class EndpointFingerprint
{
    public static ushort Of(WebhookDefinition definition)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, definition.Url.AbsoluteUri);
        Add(hash, definition.Authorization?.HeaderValue ?? "");
        foreach (var header in definition.Headers)
        {
            Add(hash, header.Name);
            Add(hash, header.Value);
        }

        foreach (var key in definition.SignatureKeys)
            Add(hash, Convert.ToHexString(key.Text));
        Add(hash, definition.SignatureScheme.ToString());
        Add(hash, definition.AllowInvalidCerts ? "any certificate" : "");
        // An earlier version has written it down without this.
        if (definition.HttpVersion != HttpVersionChoice.Auto)
            Add(hash, definition.HttpVersion.ToString());
        return BinaryPrimitives.ReadUInt16LittleEndian(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, string text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData("\0"u8);
    }
}
