namespace ActorWebhooks.Server.Tests.Durability.Rules;

/// <summary>Only a kill breaks a request off, and so the last of a life.</summary>
internal static class RequestsAreWhole
{
    public static IEnumerable<string> Broken(History history, string webhook)
    {
        foreach (var life in history.Of(webhook).GroupBy(arrival => arrival.Life))
        {
            foreach (var arrival in life.Where(arrival => arrival.Answer == Answer.BrokenOff))
            {
                if (!history.Killed.Contains(life.Key) || arrival != life.Last())
                    yield return $"{webhook} broke off a request though it was not killed: {arrival}";
            }
        }
    }
}
