namespace ActorWebhooks.Server.Storage;

/// <summary>Memory: what is undelivered when the process ends is lost.</summary>
internal sealed class MemoryStore : EventStore
{
    public override string Place => "in memory";

    public override bool? Durable => false;
}
