using System.Text;

namespace ActorWebhooks.Configuration.Values;

/// <summary>The rule for a webhook's URL.</summary>
internal static class UrlText
{
    /// <param name="text">Of the file.</param>
    /// <param name="url">If there is no problem.</param>
    /// <returns>The problem, or null.</returns>
    public static string? Check(string text, out Uri? url)
    {
        url = null;
        if (HasControlOrSpace(text) || !Uri.TryCreate(text, UriKind.Absolute, out var parsed) || IsFilePath(parsed, text))
            return "not an absolute URL";
        if (parsed.Scheme != Uri.UriSchemeHttp && parsed.Scheme != Uri.UriSchemeHttps)
            return "neither http nor https";
        if (HasUserInfo(parsed, text))
            return "user info in the URL; give it as auth.username and auth.secret";
        if (text.Contains(":0", StringComparison.Ordinal) && parsed.Port == 0)
            return "port 0; name the port of the endpoint, or none";
        url = parsed;
        return null;
    }

    /// <summary>The same with the host in punycode; null if it has no such form.</summary>
    public static Uri? WithAsciiHost(Uri url)
    {
        try
        {
            var ascii = new UriBuilder(url) { Host = url.IdnHost }.Uri;
            return Ascii.IsValid(ascii.Host) ? ascii : null;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    // Asking for any part makes a Uri take all of them apart and keep them, half its size once more.
    private static bool HasUserInfo(Uri parsed, string text) =>
        text.Contains('@', StringComparison.Ordinal) && (parsed.UserInfo.Length > 0 || HasAtInAuthority(text));

    // "http://@host" has a user info that is empty, which a Uri does not tell.
    private static bool HasAtInAuthority(string text)
    {
        var authority = text.AsSpan(text.IndexOf(':', StringComparison.Ordinal) + 1).TrimStart("/\\");
        var end = authority.IndexOfAny("/\\?#");
        return (end < 0 ? authority : authority[..end]).Contains('@');
    }

    // "/hook" is an absolute file URI on Unix.
    private static bool IsFilePath(Uri parsed, string text) =>
        parsed.IsFile && !text.StartsWith("file:", StringComparison.OrdinalIgnoreCase);

    private static bool HasControlOrSpace(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) || char.IsWhiteSpace(c))
                return true;
        }

        return false;
    }
}
