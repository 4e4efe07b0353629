using System.Text;

namespace ActorWebhooks.Configuration;

/// <summary>A key to sign with, in the two readings that the signature schemes have of its text.</summary>
internal sealed class SignatureKey : IEquatable<SignatureKey>
{
    public const string StandardPrefix = "whsec_";

    private SignatureKey(byte[] text, byte[] standard)
    {
        Text = text;
        Standard = standard;
    }

    /// <summary>The UTF-8 bytes of the text, whatever it is: the key of <c>X-Signature</c>.</summary>
    public byte[] Text { get; }

    /// <summary>The key of Standard Webhooks: base64 after <c>whsec_</c>, or else the same as <see cref="Text"/>.</summary>
    public byte[] Standard { get; }

    /// <summary>Null when the text begins with <c>whsec_</c> and what follows is not base64.</summary>
    public static SignatureKey? TryParse(string key)
    {
        var text = Encoding.UTF8.GetBytes(key);
        if (!key.StartsWith(StandardPrefix, StringComparison.Ordinal))
            return new SignatureKey(text, text);

        var standard = new byte[key.Length];
        return Convert.TryFromBase64String(key[StandardPrefix.Length..], standard, out var length) && length > 0
            ? new SignatureKey(text, standard[..length])
            : null;
    }

    /// <summary>For a webhook that signs without Standard Webhooks, where <c>whsec_</c> means nothing.</summary>
    public static SignatureKey FromText(string key)
    {
        var text = Encoding.UTF8.GetBytes(key);
        return new SignatureKey(text, text);
    }

    public bool Equals(SignatureKey? other) =>
        other is not null && Text.AsSpan().SequenceEqual(other.Text) && Standard.AsSpan().SequenceEqual(other.Standard);

    public override bool Equals(object? obj) => Equals(obj as SignatureKey);

    public override int GetHashCode() => Text.Length;

    public override string ToString() => "***";
}
