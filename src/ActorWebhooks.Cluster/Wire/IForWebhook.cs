namespace ActorWebhooks.Cluster.Wire;

/// <summary>A message for one webhook, wherever in the cluster it lives.</summary>
internal interface IForWebhook : IWireMessage
{
    string WebhookId { get; }
}
