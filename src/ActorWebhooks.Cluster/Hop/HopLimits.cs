namespace ActorWebhooks.Cluster.Hop;

/// <summary>The bounds of what is under way from a node to a webhook.</summary>
/// <param name="BundleBytes">Of the events of a bundle; an event that is larger goes alone.</param>
/// <param name="Linger">How long events gather while bundles are under way.</param>
/// <param name="WindowBytes">Of the events that are under way.</param>
/// <param name="ResendAfter">How long an answer is waited for at first.</param>
/// <param name="ProbeInterval">How often a webhook is asked after events that are kept for it.</param>
internal sealed record HopLimits(
    int BundleBytes, int BundleEvents, TimeSpan Linger, long WindowBytes, TimeSpan ResendAfter, TimeSpan ProbeInterval);
