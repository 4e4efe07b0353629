using System.Buffers;
using System.Text;

namespace ActorWebhooks.Text;

/// <summary>
/// Puts <c>***</c> where a text has a secret in any of its <see cref="SecretForms"/>. How long that takes hardly depends on how many secrets
/// there are.
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
    private readonly int _longest;

    public SecretRedactor(IEnumerable<string> secrets)
    {
        _secrets = secrets.SelectMany(SecretForms.Of).Where(secret => secret.Length >= LeastLength).Distinct(StringComparer.Ordinal)
            .GroupBy(secret => secret[..LeastLength], StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key, group => group.OrderByDescending(secret => secret.Length).ToArray(), StringComparer.Ordinal);
        _byBeginning = _secrets.GetAlternateLookup<ReadOnlySpan<char>>();
        _longest = _secrets.Values.Select(some => some[0].Length).DefaultIfEmpty().Max();
        _any = SearchValues.Create([.. _secrets.Values.SelectMany(some => some)], StringComparison.Ordinal);
    }

    /// <param name="isCut">Whether the text went on: then the beginning of a secret at its end is hidden too.</param>
    public string Redact(string text, bool isCut = false)
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

        var end = isCut ? copied + BeginningOfSecretIn(text.AsSpan(copied)) : text.Length;
        if (end < text.Length)
            return (redacted ?? new StringBuilder(text.Length)).Append(text, copied, end - copied).Append(Hidden).ToString();
        return redacted?.Append(text, copied, text.Length - copied).ToString() ?? text;
    }

    /// <returns>Where a secret begins of which the end is missing; the length of the text when none does.</returns>
    private int BeginningOfSecretIn(ReadOnlySpan<char> text)
    {
        for (var at = Math.Max(0, text.Length - _longest + 1); at + LeastLength <= text.Length; at++)
        {
            if (!_byBeginning.TryGetValue(text.Slice(at, LeastLength), out var some))
                continue;
            foreach (var secret in some)
            {
                if (secret.AsSpan().StartsWith(text[at..], StringComparison.Ordinal))
                    return at;
            }
        }

        return text.Length;
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
}
