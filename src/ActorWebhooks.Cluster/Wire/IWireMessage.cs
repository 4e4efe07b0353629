namespace ActorWebhooks.Cluster.Wire;

/// <summary>What nodes say to each other. Every kind is written by <see cref="WireSerializer"/>.</summary>
internal interface IWireMessage;
