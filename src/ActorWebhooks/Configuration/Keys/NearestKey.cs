namespace ActorWebhooks.Configuration.Keys;

/// <summary>Guesses which key a misspelt one was meant to be.</summary>
internal static class NearestKey
{
    private const int MaxLength = 40;

    /// <summary>The nearest of <paramref name="known"/>, whole or by its last part, or null if none is near.</summary>
    public static string? Find(string name, IReadOnlyList<string> known)
    {
        string? nearest = null;
        var best = Math.Max(1, name.Length / 3) + 1;
        if (name.Length > MaxLength)
            return null;
        foreach (var candidate in known)
        {
            var lastPart = candidate[(candidate.LastIndexOf('.') + 1)..];
            var distance = Math.Min(Distance(name, candidate), Distance(name, lastPart));
            if (distance < best)
                (nearest, best) = (candidate, distance);
        }

        return nearest;
    }

    /// <summary>"did you mean …?" or the list of what there is.</summary>
    public static string Suggest(string name, IReadOnlyList<string> known) =>
        Find(name, known) is { } nearest ? $"did you mean '{nearest}'?" : $"known keys: {string.Join(", ", known)}";

    /// <summary>Insertions, deletions, replacements and swaps of neighbours.</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[a.Length, b.Length];
    }
}
