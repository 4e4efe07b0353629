using Akka.Actor;

namespace ActorWebhooks.Publishing;

/// <summary>
/// An event on its way to one webhook, with the receipt that wants to know whether it got there. Only the first answer counts: an actor
/// that took the event and failed afterwards has still taken it.
/// </summary>
internal sealed class Offer(WebhookEvent webhookEvent, Receipt receipt) : INoSerializationVerificationNeeded
{
    private bool _isAnswered;

    public WebhookEvent Event => webhookEvent;

    public void Accept()
    {
        if (TryAnswer())
            receipt.Accept();
    }

    public void Refuse(string webhookId, RefusalReason reason)
    {
        if (TryAnswer())
            receipt.Refuse(webhookId, webhookEvent, reason);
    }

    private bool TryAnswer() => !_isAnswered && (_isAnswered = true);
}
