using System.Buffers;
using System.Text;

namespace ActorWebhooks.Text;

/// <summary>
/// Puts <c>***</c> where a text has a secret: as it is, in base64, in hexadecimal, or escaped as in a URL. How long that takes hardly
/// depends on how many secrets there are.
/// </summary>
internal sealed class SecretRedactor
{
    /// <summary>Shorter ones are no secrets, and may be a part of any word.</summary>
    public const int LeastLength = 4;

    private const string Hidden = "***";

    public static readonly SecretRedactor Nothing = new([]);

    // By their first characters, the longest first.
    private readonly Dictionary<string, string[]> _secrets;
    private readonly Dictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> _byBeginning;
    private readonly SearchValues<string> _any;

    public SecretRedactor(IEnumerable<string> secrets)
    {
        _secrets = secrets.SelectMany(FormsOf).Where(secret => secret.Length >= LeastLength).Distinct(StringComparer.Ordinal)
            .GroupBy(secret => secret[..LeastLength], StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key, group => group.OrderByDescending(secret => secret.Length).ToArray(), StringComparer.Ordinal);
        _byBeginning = _secrets.GetAlternateLookup<ReadOnlySpan<char>>();
        _any = SearchValues.Create([.. _secrets.Values.SelectMany(some => some)], StringComparison.Ordinal);
    }

    public string Redact(string text)
    {
        if (_secrets.Count == 0)
            return text;
        StringBuilder? redacted = null;
        var copied = 0;
        for (int at; (at = text.AsSpan(copied).IndexOfAny(_any)) >= 0;)
        {
            (redacted ??= new StringBuilder(text.Length)).Append(text, copied, at).Append(Hidden);
            copied += at + LengthOfSecretAt(text.AsSpan(copied + at));
        }

        return redacted?.Append(text, copied, text.Length - copied).ToString() ?? text;
    }

    private int LengthOfSecretAt(ReadOnlySpan<char> text)
    {
        foreach (var secret in _byBeginning[text[..LeastLength]])
        {
            if (text.StartsWith(secret, StringComparison.Ordinal))
                return secret.Length;
        }

        throw new InvalidOperationException("No secret is here.");
    }

    private static IEnumerable<string> FormsOf(string secret)
    {
        if (secret.Length < LeastLength)
            return [];
        var bytes = Encoding.UTF8.GetBytes(secret);
        return
        [
            secret, Uri.EscapeDataString(secret), Convert.ToBase64String(bytes), Convert.ToBase64String(bytes).TrimEnd('='),
            Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes),
        ];
    }
}
