namespace ActorWebhooks.Tests.Matching;

/// <summary>What a pattern means, word for word and without regard to cost; works on the text of patterns alone.</summary>
internal static class NaiveMatching
{
    public static List<int> Listeners(IReadOnlyList<string[]> patternsOfEachListener, string type)
    {
        var reached = new List<int>();
        for (var listener = 0; listener < patternsOfEachListener.Count; listener++)
        {
            var patterns = patternsOfEachListener[listener];
            var isIncluded = patterns.Any(p => p[0] != '!' && Covers(p, type));
            var isExcluded = patterns.Any(p => p[0] == '!' && Covers(p[1..], type));
            if (isIncluded && !isExcluded)
                reached.Add(listener);
        }

        return reached;
    }

    /// <summary>Cell (g, t): whether the first g characters of the glob cover the first t of the type.</summary>
    public static bool Covers(string glob, string type)
    {
        var covered = new bool[glob.Length + 1, type.Length + 1];
        covered[0, 0] = true;
        for (var g = 1; g <= glob.Length; g++)
        {
            for (var t = 0; t <= type.Length; t++)
            {
                covered[g, t] = glob[g - 1] == '*'
                    ? covered[g - 1, t] || (t > 0 && covered[g, t - 1])
                    : t > 0 && covered[g - 1, t - 1] && glob[g - 1] == type[t - 1];
            }
        }

        return covered[glob.Length, type.Length];
    }
}
