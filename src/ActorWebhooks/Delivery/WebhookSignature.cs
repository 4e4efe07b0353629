using System.Security.Cryptography;
using System.Text;

namespace ActorWebhooks;

/// <summary>Checks, on the side of a receiver, that a request comes from somebody who knows the key.</summary>
public static class WebhookSignature
{
    /// <summary>
    /// Whether <paramref name="signatureHeader"/> is the <c>X-Signature</c> of <paramref name="body"/>:
    /// base64(HMAC-SHA256(UTF-8 of the key, body)), compared in constant time.
    /// </summary>
    /// <param name="body">The request body, byte for byte as it was received.</param>
    /// <param name="signatureHeader">The value of the <c>X-Signature</c> header; null or malformed is not valid.</param>
    /// <param name="key">The <c>signature-key</c> of the webhook.</param>
    /// <returns>True if the signature is that of the body.</returns>
    public static bool Verify(ReadOnlySpan<byte> body, string? signatureHeader, string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), body, expected);
        return IsSame(expected, signatureHeader);
    }

    private static bool IsSame(ReadOnlySpan<byte> expected, string? base64)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return base64 is { Length: <= 64 }
            && Convert.TryFromBase64String(base64, given, out var length)
            && length == expected.Length
            && CryptographicOperations.FixedTimeEquals(expected, given);
    }
}
