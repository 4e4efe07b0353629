namespace ActorWebhooks.Server.Tests.Durability.Rules;

/// <summary>A webhook begins a request when the one before it has ended.</summary>
internal static class OneRequestAtATime
{
    public static IEnumerable<string> Broken(History history, string webhook) => history.NeighboursOf(webhook)
        .Where(pair => pair.Next.Begun < pair.Before.Ended)
        .Select(pair => $"{webhook} began a request while another was under way: {pair.Before}; {pair.Next}");
}
