namespace ActorWebhooks.Server.Tests.Durability.Rules;

/// <summary>Accepted ⊆ delivered ∪ dead ∪ waiting; waiting events are counted and have no names.</summary>
internal static class NothingIsLost
{
    public static IEnumerable<string> Broken(History history, Remainder remainder)
    {
        var missing = history.Posts.Where(post => post.IsAccepted).SelectMany(post => post.Events).ToHashSet();
        missing.ExceptWith(history.TakenBy(remainder.Webhook).SelectMany(arrival => arrival.Events));
        missing.ExceptWith(remainder.Dead);
        if (missing.Count > remainder.Waiting)
        {
            yield return $"{remainder.Webhook} lost events: {missing.Count} accepted ones are neither delivered nor dead, "
                + $"{remainder.Waiting} wait: {string.Join(' ', missing.Take(10))}";
        }
    }
}
