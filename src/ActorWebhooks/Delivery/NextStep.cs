using ActorWebhooks.Outbox;

namespace ActorWebhooks.Delivery;

/// <summary>What is to be done now: send a batch, look again after a while, or nothing until something happens.</summary>
/// <param name="Send">The batch to start an attempt for.</param>
/// <param name="LookAgainIn">How long until there may be something to do.</param>
/// <param name="AwaitsConnection">Whether there is something to send as soon as the node has a connection for it.</param>
internal readonly record struct NextStep(Batch? Send, TimeSpan? LookAgainIn, bool AwaitsConnection = false)
{
    public static NextStep Nothing => default;

    public static NextStep Start(Batch batch) => new(batch, null);

    public static NextStep Wait(TimeSpan time) => new(null, time);

    /// <param name="time">How long until something is to be done even without a connection.</param>
    public static NextStep AwaitConnection(TimeSpan? time) => new(null, time, AwaitsConnection: true);
}
