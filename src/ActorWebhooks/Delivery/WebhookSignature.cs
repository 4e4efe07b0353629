using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;

namespace ActorWebhooks;

/// <summary>Checks, on the side of a receiver, that a request comes from somebody who knows the key.</summary>
public static class WebhookSignature
{
    /// <summary>
    /// Whether <paramref name="signatureHeader"/> is the <c>X-Signature</c> of <paramref name="body"/>:
    /// base64(HMAC-SHA256(UTF-8 of the key, body)). The comparison takes the same time wherever a wrong signature differs.
    /// </summary>
    /// <param name="body">The request body, byte for byte as it was received.</param>
    /// <param name="signatureHeader">The value of the <c>X-Signature</c> header; null or malformed is not valid.</param>
    /// <param name="key">The <c>signature-key</c> of the webhook.</param>
    /// <returns>True if the signature is that of the body.</returns>
    /// <exception cref="ArgumentException">The key is null or empty.</exception>
    public static bool Verify(ReadOnlySpan<byte> body, string? signatureHeader, string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), body, expected);
        return Signatures.IsSame(expected, signatureHeader);
    }

    /// <summary>
    /// Whether a request carries a valid Standard Webhooks signature (<c>signature-scheme</c> standard or both) and is recent. To be
    /// safe against replays within the tolerance too, remember the ids and refuse one that comes again after it was handled.
    /// </summary>
    /// <param name="body">The request body, byte for byte as it was received.</param>
    /// <param name="id">The value of the <c>webhook-id</c> header.</param>
    /// <param name="timestamp">The value of the <c>webhook-timestamp</c> header, Unix seconds.</param>
    /// <param name="signatures">The value of the <c>webhook-signature</c> header: one or more, separated by spaces; one valid one is enough.</param>
    /// <param name="key">The <c>signature-key</c> of the webhook; base64 after <c>whsec_</c>, or else its UTF-8 bytes.</param>
    /// <param name="tolerance">How far the timestamp may be from now, either way. Default 5 minutes.</param>
    /// <param name="time">The clock. Default the system's.</param>
    /// <returns>True if one of the signatures is that of id, timestamp and body.</returns>
    /// <exception cref="ArgumentException">The key is null or empty, or not base64 after <c>whsec_</c>.</exception>
    public static bool VerifyStandard(
        ReadOnlySpan<byte> body,
        string? id,
        string? timestamp,
        string? signatures,
        string key,
        TimeSpan? tolerance = null,
        TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        var parsed = SignatureKey.TryParse(key)
            ?? throw new ArgumentException($"What follows {SignatureKey.StandardPrefix} is not base64.", nameof(key));
        if (string.IsNullOrEmpty(id)
            || signatures is null
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || IsTooFarAway(seconds, tolerance ?? TimeSpan.FromMinutes(5), time ?? TimeProvider.System))
            return false;

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Signatures.HashStandard(id, seconds, body, parsed.Standard, expected);
        foreach (var range in signatures.AsSpan().Split(' '))
        {
            var signature = signatures.AsSpan(range);
            if (signature.StartsWith(Signatures.StandardVersion, StringComparison.Ordinal)
                && Signatures.IsSame(expected, signature[Signatures.StandardVersion.Length..]))
                return true;
        }

        return false;
    }

    private static bool IsTooFarAway(long seconds, TimeSpan tolerance, TimeProvider time) =>
        Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - (decimal)seconds) > (decimal)tolerance.TotalSeconds;
}
