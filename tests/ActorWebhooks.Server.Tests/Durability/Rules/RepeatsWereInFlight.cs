namespace ActorWebhooks.Server.Tests.Durability.Rules;

/// <summary>
/// An event is delivered again only when the request that delivered it was the last one before a kill, or when its producer sent it more
/// than once and it may have been taken each time. And nothing is delivered that nobody sent.
/// </summary>
internal static class RepeatsWereInFlight
{
    public static IEnumerable<string> Broken(History history, string webhook)
    {
        var posts = history.PostOf();
        var deliveredBy = new Dictionary<EventKey, Arrival>();
        var takes = new Dictionary<EventKey, int>();
        Arrival? latest = null, lastOfEarlierLives = null;
        foreach (var arrival in history.TakenBy(webhook))
        {
            if (arrival.Life != latest?.Life)
                lastOfEarlierLives = latest;
            latest = arrival;
            foreach (var key in arrival.Events)
            {
                var isRepeatOf = deliveredBy.GetValueOrDefault(key);
                deliveredBy[key] = arrival;
                if (isRepeatOf is not null && isRepeatOf == lastOfEarlierLives && history.Killed.Contains(isRepeatOf.Life))
                    continue;
                takes[key] = takes.GetValueOrDefault(key) + 1;
                if (posts.GetValueOrDefault(key) is not { } post)
                    yield return $"{webhook} delivered {key}, which nobody sent: {arrival}";
                else if (takes[key] > post.MostTakes)
                    yield return $"{webhook} delivered {key} again though it was not in flight at a kill: {isRepeatOf}; {arrival}";
            }
        }
    }
}
