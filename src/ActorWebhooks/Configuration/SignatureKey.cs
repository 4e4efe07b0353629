using System.Text;

namespace ActorWebhooks.Configuration;

/// <summary>A key to sign with, in the two readings that the signature schemes have of its text.</summary>
internal sealed class SignatureKey
{
    public const string StandardPrefix = "whsec_";

    private readonly byte[]? _standard;

    public SignatureKey(string key)
    {
        Text = Encoding.UTF8.GetBytes(key);
        _standard = key.StartsWith(StandardPrefix, StringComparison.Ordinal) ? FromBase64(key[StandardPrefix.Length..]) : Text;
    }

    /// <summary>The UTF-8 bytes of the text, whatever it is: the key of <c>X-Signature</c>.</summary>
    public byte[] Text { get; }

    /// <summary>False when the text begins with <c>whsec_</c> and what follows is not base64.</summary>
    public bool IsStandard => _standard is not null;

    /// <summary>The key of Standard Webhooks: base64 after <c>whsec_</c>, or else the same as <see cref="Text"/>.</summary>
    public byte[] Standard => _standard ?? throw new InvalidOperationException("Not a key of Standard Webhooks.");

    public override string ToString() => Shown.Hidden;

    private static byte[]? FromBase64(string base64)
    {
        var key = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, key, out var length) && length > 0 ? key[..length] : null;
    }
}
