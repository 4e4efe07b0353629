using System.Buffers;
using System.Collections.Frozen;

namespace ActorWebhooks.Configuration;

/// <summary>What a custom header may be.</summary>
internal static class HeaderRules
{
    public const string Rule = "\"Name: value\"; the name is an HTTP token, the value has no control characters";

    // RFC 9110, section 5.6.2.
    private static readonly SearchValues<char> Token = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // These say how the connection and the message are framed, which is the engine's to say.
    private static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(
        ["Connection", "Content-Length", "Expect", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade"],
        StringComparer.OrdinalIgnoreCase);

    /// <param name="fault">What is wrong, without the value; null when all is right.</param>
    public static CustomHeader? Parse(string text, out string? fault)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? "" : text[..colon].Trim();
        var value = text[(colon + 1)..].Trim();
        fault = (colon, name) switch
        {
            ( < 0, _) => "a header without a colon",
            (_, "") => "a header without a name",
            _ when name.AsSpan().ContainsAnyExcept(Token) => "a header whose name is not an HTTP token",
            _ when Reserved.Contains(name) => $"the header {name} is set by the engine",
            _ when value.Any(char.IsControl) => $"the header {name} has a control character in its value",
            _ => null,
        };
        return fault is null ? new CustomHeader(name, value) : null;
    }
}
