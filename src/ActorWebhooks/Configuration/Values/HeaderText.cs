using System.Buffers;

namespace ActorWebhooks.Configuration.Values;

/// <summary>The rules for <c>Name: value</c>.</summary>
internal static class HeaderText
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>Set by the engine: they frame the message or steer the connection.</summary>
    private static readonly HashSet<string> OfTheEngine = new(StringComparer.OrdinalIgnoreCase)
    {
        "Content-Length", "Transfer-Encoding", "Connection", "Upgrade", "Trailer", "TE", "Keep-Alive", "Proxy-Connection", "Expect", "Host",
    };

    private static readonly HashSet<string> Single = new(StringComparer.OrdinalIgnoreCase)
    {
        "Content-Type", "User-Agent", "Authorization",
    };

    public static bool IsToken(ReadOnlySpan<char> name) => !name.IsEmpty && !name.ContainsAnyExcept(TokenCharacters);

    /// <summary>Whether a request may have it once at most.</summary>
    public static bool IsSingle(string name) => Single.Contains(name);

    public static bool IsOfTheEngine(string name) => OfTheEngine.Contains(name);

    /// <param name="text">Of the file.</param>
    /// <param name="header">If there is no problem.</param>
    /// <returns>The problem, without a word of the value, or null.</returns>
    public static string? Check(string text, out CustomHeader? header)
    {
        header = null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return "no colon between name and value";
        var name = text[..colon].Trim();
        var value = text[(colon + 1)..].Trim();
        if (!IsToken(name))
            return "the name before the colon is not an HTTP header name (letters, digits and !#$%&'*+-.^_`|~)";
        if (HasControl(value))
            return $"a control character in the value of {name}";
        header = new CustomHeader(name, value);
        return null;
    }

    private static bool HasControl(string value)
    {
        foreach (var c in value)
        {
            if (char.IsControl(c))
                return true;
        }

        return false;
    }
}
