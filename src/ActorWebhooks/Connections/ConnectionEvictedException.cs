namespace ActorWebhooks.Connections;

/// <summary>An idle connection was closed to open another, at the very moment when a request was to be sent over it.</summary>
internal sealed class ConnectionEvictedException() : IOException(Words)
{
    public const string Words = "This node closed the idle connection to open another, and none was left for this request.";
}
