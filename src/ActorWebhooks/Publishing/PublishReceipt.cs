namespace ActorWebhooks;

/// <summary>What became of published events at the webhooks that listen to them.</summary>
/// <param name="Accepted">
/// How many copies are held safely: an event that three webhooks hold counts three times, one that nobody listens to not at all.
/// </param>
/// <param name="Refusals">
/// One for each event and webhook that refused it; of more than 10,000 one for each further event, and one for each further reason. Empty when all went
/// well.
/// </param>
public sealed record PublishReceipt(int Accepted, IReadOnlyList<PublishRefusal> Refusals)
{
    /// <summary>Whether nobody refused anything. True also when no webhook listens to the events.</summary>
    public bool IsAccepted => Refusals.Count == 0;
}
