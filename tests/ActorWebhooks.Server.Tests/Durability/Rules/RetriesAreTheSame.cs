namespace ActorWebhooks.Server.Tests.Durability.Rules;

/// <summary>After a request that was not taken the same batch comes again, until a kill.</summary>
internal static class RetriesAreTheSame
{
    public static IEnumerable<string> Broken(History history, string webhook) => history.NeighboursOf(webhook)
        .Where(pair => pair.Before.Answer is Answer.Refused or Answer.Closed && !IsSame(pair.Before, pair.Next))
        .Select(pair => $"{webhook} sent something else after a batch that failed: {pair.Before}; {pair.Next}");

    private static bool IsSame(Arrival failed, Arrival next) =>
        failed.BatchId == next.BatchId && (next.Answer == Answer.BrokenOff || failed.Events.SequenceEqual(next.Events));
}
