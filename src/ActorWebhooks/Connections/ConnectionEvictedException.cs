namespace ActorWebhooks.Connections;

/// <summary>An idle connection was closed to open another, at the very moment when a request was to be sent over it.</summary>
internal sealed class ConnectionEvictedException() : IOException("The node closed the idle connection to open another.");
