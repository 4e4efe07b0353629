namespace ActorWebhooks.Delivery;

/// <summary>An attempt overran the timeout of its webhook. Fails the <see cref="DeliveryActor"/>, for its parent to decide.</summary>
internal sealed class DeliveryTimeoutException(TimeSpan timeout)
    : Exception($"The attempt was not complete within {timeout.TotalSeconds:0.###} s.")
{
    public TimeSpan Timeout { get; } = timeout;
}
