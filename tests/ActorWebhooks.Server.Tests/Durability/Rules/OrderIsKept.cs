namespace ActorWebhooks.Server.Tests.Durability.Rules;

/// <summary>
/// The first deliveries of a producer's events are in the order of the producer, and so is, within one life, everything that can have been
/// taken only once.
/// </summary>
internal static class OrderIsKept
{
    public static IEnumerable<string> Broken(History history, string webhook)
    {
        var posts = history.PostOf();
        var delivered = new HashSet<EventKey>();
        var first = new Dictionary<int, EventKey>();
        var within = new Dictionary<(int Life, int Producer), EventKey>();
        foreach (var arrival in history.TakenBy(webhook))
        {
            foreach (var key in arrival.Events)
            {
                if (posts.GetValueOrDefault(key) is not { } post)
                    continue;
                if (delivered.Add(key) && IsBehind(first, key.Producer, key, post))
                    yield return $"{webhook} delivered {key} for the first time after later events: {arrival}";
                if (post.MostTakes == 1 && IsBehind(within, (arrival.Life, key.Producer), key, post))
                    yield return $"{webhook} delivered {key} after later events of the same life: {arrival}";
            }
        }
    }

    // Of a refused request some events may have been taken before it was sent again, whole: among themselves they have no order.
    private static bool IsBehind<T>(Dictionary<T, EventKey> last, T of, EventKey key, Post post)
        where T : notnull
    {
        var isBehind = last.TryGetValue(of, out var before)
            && (post.Refusals == 0 ? key.Number <= before.Number : before.Number >= post.First + post.Count);
        if (!isBehind)
            last[of] = before.Number > key.Number ? before : key;
        return isBehind;
    }
}
