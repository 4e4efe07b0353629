namespace ActorWebhooks.Ownership;

/// <summary>
/// The lease in time of a node: it covers what needs no write to the journal, such as another attempt. What is written is fenced by the
/// journal itself. Read from any thread.
/// </summary>
internal interface INodeLease
{
    LeaseState State { get; }
}
