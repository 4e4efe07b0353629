using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace ActorWebhooks.Text;

/// <summary>
/// How a secret looks when others write it: as it is, in base64 or as a part of what is in base64, in hexadecimal, and escaped as in a URL, a form,
/// JSON or HTML.
/// </summary>
internal static class SecretForms
{
    private const int BitsOfByte = 8;
    private const int BitsOfCharacter = 6;
    private const int BytesOfGroup = 3;

    /// <returns>Some of them may be the same.</returns>
    public static IEnumerable<string> Of(string secret)
    {
        if (secret.Length < SecretRedactor.LeastLength)
            return [];
        var bytes = Encoding.UTF8.GetBytes(secret);
        string[] escaped = [.. EscapedOf(secret)];
        return
        [
            secret, .. escaped, .. escaped.Select(WithLowerHex),
            Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes), .. Base64Of(bytes),
        ];
    }

    private static IEnumerable<string> EscapedOf(string secret)
    {
        yield return Uri.EscapeDataString(secret);
        yield return WebUtility.UrlEncode(secret);
        yield return secret.Replace("/", "\\/", StringComparison.Ordinal);
        yield return JavaScriptEncoder.Default.Encode(secret);
        yield return JavaScriptEncoder.Default.Encode(secret).Replace("/", "\\/", StringComparison.Ordinal);
        yield return JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(secret);
        yield return WebUtility.HtmlEncode(secret);
    }

    // Libraries write either.
    private static string WithLowerHex(string escaped)
    {
        var lower = escaped.ToCharArray();
        for (var i = 0; i < lower.Length; i++)
        {
            var digits = lower[i] == '%' ? 2 : lower[i] == '\\' && i + 1 < lower.Length && lower[i + 1] == 'u' ? 5 : 0;
            for (var end = Math.Min(lower.Length - 1, i + digits); i < end;)
                lower[++i] = char.ToLowerInvariant(lower[i]);
        }

        return new string(lower);
    }

    // Its place in a group of three bytes decides how it looks in the base64 of more than itself. The characters at both ends stand for bits of
    // what is beside it too.
    private static IEnumerable<string> Base64Of(byte[] secret)
    {
        yield return Convert.ToBase64String(secret);
        yield return Convert.ToBase64String(secret).TrimEnd('=');
        yield return Base64Url.EncodeToString(secret);
        for (var before = 0; before < BytesOfGroup; before++)
        {
            var bytes = new byte[before + secret.Length];
            secret.CopyTo(bytes.AsSpan(before));
            var first = ((before * BitsOfByte) + BitsOfCharacter - 1) / BitsOfCharacter;
            var end = bytes.Length * BitsOfByte / BitsOfCharacter;
            yield return Convert.ToBase64String(bytes)[first..end];
            yield return Base64Url.EncodeToString(bytes)[first..end];
        }
    }
}
