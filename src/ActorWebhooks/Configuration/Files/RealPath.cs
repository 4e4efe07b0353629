namespace ActorWebhooks.Configuration.Files;

/// <summary>Where a path leads to, behind all links in it, those of folders too.</summary>
internal static class RealPath
{
    /// <summary>As many as Linux follows.</summary>
    private const int MostLinks = 40;

    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>What is missing, or has too many links in it, is left as it is.</summary>
    /// <exception cref="IOException">A part of it cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not look at a part of it.</exception>
    public static string Of(string path)
    {
        var parts = new Stack<string>();
        var real = Begin(Path.Combine(Directory.GetCurrentDirectory(), path), parts) ?? "";
        var links = 0;
        while (parts.TryPop(out var part))
        {
            if (part == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }

            var next = Path.Combine(real, part);
            if (part == "." || new FileInfo(next).LinkTarget is not { } target || ++links > MostLinks)
                real = part == "." ? real : next;
            else
                real = Begin(target, parts) ?? real;
        }

        return real;
    }

    /// <returns>The root; null for a relative path.</returns>
    private static string? Begin(string path, Stack<string> parts)
    {
        var root = Path.GetPathRoot(path) ?? "";
        foreach (var part in path[root.Length..].Split(Separators, StringSplitOptions.RemoveEmptyEntries).Reverse())
            parts.Push(part);
        return root.Length > 0 ? root : null;
    }
}
