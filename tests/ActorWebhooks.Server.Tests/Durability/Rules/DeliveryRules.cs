namespace ActorWebhooks.Server.Tests.Durability.Rules;

/// <summary>What a server that is killed at any instants must keep. Each rule tells what breaks it.</summary>
internal static class DeliveryRules
{
    public static IReadOnlyList<string> Broken(History history) =>
    [
        .. history.Remainders.SelectMany(remainder => Broken(history, remainder)),
    ];

    private static IEnumerable<string> Broken(History history, Remainder remainder) =>
    [
        .. NothingIsLost.Broken(history, remainder),
        .. OrderIsKept.Broken(history, remainder.Webhook),
        .. RepeatsWereInFlight.Broken(history, remainder.Webhook),
        .. OneRequestAtATime.Broken(history, remainder.Webhook),
        .. RetriesAreTheSame.Broken(history, remainder.Webhook),
        .. RequestsAreWhole.Broken(history, remainder.Webhook),
    ];
}
