namespace ActorWebhooks.Configuration;

/// <summary>Finds the key that a misspelt one was meant to be.</summary>
internal static class NearestKey
{
    /// <summary>Null when none is near.</summary>
    public static string? Of(string misspelt, IEnumerable<string> known)
    {
        // Longer than any near one could be; the work stays small whatever the file holds.
        if (misspelt.Length > 64)
            return null;
        var nearest = known
            .Select(key => (Key: key, Distance: Distance(misspelt.ToLowerInvariant().Replace('_', '-'), key)))
            .MinBy(candidate => candidate.Distance);
        return nearest.Distance <= Math.Max(2, nearest.Key.Length / 3) ? nearest.Key : null;
    }

    // Levenshtein, one row at a time.
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 0; i < from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < to.Length; j++)
            {
                var substituted = diagonal + (from[i] == to[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(substituted, 1 + Math.Min(row[j], row[j + 1]));
            }
        }

        return row[^1];
    }
}
