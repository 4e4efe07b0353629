using Akka.Event;

namespace ActorWebhooks.Journal;

/// <summary>
/// Says once that the journal of a node fails, and once that it is back, whatever the number of webhooks that notice. The lock is taken at
/// changes alone.
/// </summary>
internal sealed class JournalNotice(ILoggingAdapter log)
{
    private readonly HashSet<string> _failing = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public void Failed(string webhookId, string cause)
    {
        lock (_lock)
        {
            if (!_failing.Add(webhookId) || _failing.Count > 1)
                return;
            log.Warning("The journal fails; events that it does not confirm are refused, and what failed is tried again until it works. First webhook {0}: {1}", webhookId, cause);
        }
    }

    public void Works(string webhookId)
    {
        lock (_lock)
        {
            if (_failing.Remove(webhookId) && _failing.Count == 0)
                log.Info("The journal works again");
        }
    }

    /// <summary>A webhook is no more, so it will not notice what becomes of the journal.</summary>
    public void Forget(string webhookId)
    {
        lock (_lock)
            _failing.Remove(webhookId);
    }

    /// <summary>Another process owns a webhook now.</summary>
    public void Displaced(string webhookId, string owner) => log.Error(
        "Webhook {0}: {1} has taken it over, so this process takes nothing for it any more and sends nothing more",
        webhookId,
        owner.Length == 0 ? "another process" : owner);

    /// <summary>A row that cannot be used, and what was done about it.</summary>
    public void Damaged(string webhookId, string row, string fault, string consequence) =>
        log.Error("Webhook {0}: damaged journal row {1}: {2}; {3}", webhookId, row, fault, consequence);
}
