namespace ActorWebhooks.Server.Api.Health;

/// <summary>Knows one side of how a node is. Is asked from any thread, and answers at once.</summary>
internal interface INodeHealth
{
    NodeHealth Check();
}
