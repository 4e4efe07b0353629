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
        var takes = new Dictionary<EventKey, int>();
        var inFlight = new Dictionary<EventKey, int>();
        Arrival? latest = null;
        foreach (var arrival in history.TakenBy(webhook))
        {
            if (latest is not null && arrival.Life != latest.Life)
                inFlight = history.Killed.Contains(latest.Life) ? latest.Events.CountBy(key => key).ToDictionary() : [];
            latest = arrival;
            foreach (var key in arrival.Events)
            {
                // A request may hold an event as often as that was taken.
                if (inFlight.TryGetValue(key, out var repeats) && repeats > 0)
                {
                    inFlight[key] = repeats - 1;
                    continue;
                }

                takes[key] = takes.GetValueOrDefault(key) + 1;
                if (posts.GetValueOrDefault(key) is not { } post)
                    yield return $"{webhook} delivered {key}, which nobody sent: {arrival}";
                else if (takes[key] > post.MostTakes)
                    yield return $"{webhook} delivered {key} again though it was not in flight at a kill: {arrival}";
            }
        }
    }
}
