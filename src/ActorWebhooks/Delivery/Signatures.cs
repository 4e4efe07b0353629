using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ActorWebhooks.Delivery;

/// <summary>
/// The two signatures. <c>X-Signature</c> is Stalwart Mail Server's; the other is Standard Webhooks,
/// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md.
/// </summary>
internal static class Signatures
{
    public const string XSignatureHeader = "X-Signature";
    public const string StandardIdHeader = "webhook-id";
    public const string StandardTimestampHeader = "webhook-timestamp";
    public const string StandardSignatureHeader = "webhook-signature";

    public const string StandardVersion = "v1,";

    /// <summary>base64(HMAC-SHA256(key, body)).</summary>
    /// <param name="body">In pieces.</param>
    public static string XSignature(ReadOnlySpan<ReadOnlyMemory<byte>> body, byte[] key)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        return Finish(hmac, body);
    }

    /// <summary><c>v1,</c> and base64(HMAC-SHA256(key, "{id}.{timestamp}.{body}")).</summary>
    /// <param name="timestamp">Unix seconds of the attempt.</param>
    /// <param name="body">In pieces.</param>
    public static string Standard(string id, long timestamp, ReadOnlySpan<ReadOnlyMemory<byte>> body, byte[] key)
    {
        using var hmac = BeginStandard(id, timestamp, key);
        return StandardVersion + Finish(hmac, body);
    }

    public static void HashStandard(string id, long timestamp, ReadOnlySpan<byte> body, byte[] key, Span<byte> hash)
    {
        using var hmac = BeginStandard(id, timestamp, key);
        hmac.AppendData(body);
        hmac.GetHashAndReset(hash);
    }

    /// <summary>Whether <paramref name="base64"/> stands for <paramref name="expected"/>, in time that does not tell how much of it is right.</summary>
    public static bool IsSame(ReadOnlySpan<byte> expected, ReadOnlySpan<char> base64)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return base64.Length == Base64.GetMaxEncodedToUtf8Length(expected.Length)
            && Convert.TryFromBase64Chars(base64, given, out var length)
            && length == expected.Length
            && IsCanonical(base64)
            && CryptographicOperations.FixedTimeEquals(expected, given);
    }

    // The last character before the padding has two bits to spare: four spellings decode to the same bytes, and one of them is right.
    private static bool IsCanonical(ReadOnlySpan<char> base64) => "AEIMQUYcgkosw048".Contains(base64[^2]);

    private static IncrementalHash BeginStandard(string id, long timestamp, byte[] key)
    {
        var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")));
        return hmac;
    }

    private static string Finish(IncrementalHash hmac, ReadOnlySpan<ReadOnlyMemory<byte>> body)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var piece in body)
            hmac.AppendData(piece.Span);
        hmac.GetHashAndReset(hash);
        return Convert.ToBase64String(hash);
    }
}
