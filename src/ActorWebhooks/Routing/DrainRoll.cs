using Akka.Actor;

namespace ActorWebhooks.Routing;

/// <summary>Who asked for a drain, and which webhooks have not said yet that they are done.</summary>
internal sealed class DrainRoll
{
    private readonly HashSet<string> _undrained = new(StringComparer.Ordinal);
    private IActorRef _askedBy = ActorRefs.Nobody;

    public void Open(IActorRef askedBy, IEnumerable<string> webhookIds)
    {
        _askedBy = askedBy;
        _undrained.UnionWith(webhookIds);
        AnswerIfDone();
    }

    public void Drained(string webhookId)
    {
        if (_undrained.Remove(webhookId))
            AnswerIfDone();
    }

    private void AnswerIfDone()
    {
        if (_undrained.Count == 0)
            _askedBy.Tell(new WebhooksDrained());
    }
}
