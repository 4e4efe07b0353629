using ActorWebhooks.Connections;

namespace ActorWebhooks.Delivery;

/// <summary>What an attempt says about how long the next one of the same webhook will hold its connection.</summary>
internal static class AttemptClass
{
    /// <param name="before">What the one before it said: a webhook that was prompt has another try before it counts as slow.</param>
    public static ConnectionClass Of(AttemptOutcome outcome, TimeSpan latency, TimeSpan slowAfter, ConnectionClass before)
    {
        if (outcome.Kind == AttemptEnd.NodeTrouble)
            return before;
        var isAnswered = outcome.Kind == AttemptEnd.Response;
        if (latency <= slowAfter && outcome.Kind is not (AttemptEnd.BrokenOff or AttemptEnd.Timeout))
            return isAnswered ? ConnectionClass.Prompt : ConnectionClass.Unproven;
        if (before == ConnectionClass.Prompt)
            return ConnectionClass.Unproven;
        return isAnswered || outcome.Kind == AttemptEnd.BrokenOff ? ConnectionClass.Slow : ConnectionClass.Hanging;
    }
}
