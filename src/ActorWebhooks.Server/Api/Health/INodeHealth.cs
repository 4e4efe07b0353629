namespace ActorWebhooks.Server.Api.Health;

/// <summary>Knows one side of how a node is. Is asked from any thread, and answers soon.</summary>
internal interface INodeHealth
{
    ValueTask<NodeHealth> CheckAsync();
}
