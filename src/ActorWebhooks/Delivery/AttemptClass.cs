using ActorWebhooks.Connections;

namespace ActorWebhooks.Delivery;

/// <summary>What an attempt says about how long the next one of the same webhook will hold its connection.</summary>
internal static class AttemptClass
{
    public static ConnectionClass Of(AttemptOutcome outcome, TimeSpan latency, TimeSpan slowAfter, ConnectionClass before) => outcome.Kind switch
    {
        AttemptEnd.NodeTrouble => before,
        AttemptEnd.BrokenOff or AttemptEnd.Timeout => ConnectionClass.Slow,
        _ when latency > slowAfter => ConnectionClass.Slow,
        AttemptEnd.Response => ConnectionClass.Prompt,
        _ => ConnectionClass.Unproven,
    };
}
