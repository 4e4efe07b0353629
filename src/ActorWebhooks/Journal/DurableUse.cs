using ActorWebhooks.Outbox;

namespace ActorWebhooks.Journal;

/// <summary>What one webhook keeps in the journal, counted within what all webhooks of its node may keep there.</summary>
/// <param name="node">In bytes of the journal, not of memory.</param>
internal sealed class DurableUse(NodeBudget node)
{
    private long _bytes;
    private bool _hasEnded;

    /// <summary>Whether the webhook keeps more than its part, so that it has to refuse events until some are done with.</summary>
    public bool IsOverLimit => _bytes > node.LimitOf(EndpointStanding.Delivers);

    /// <summary>The webhook keeps so many bytes now.</summary>
    public void Set(long bytes)
    {
        if (bytes == _bytes || _hasEnded)
            return;
        if (_bytes == 0)
            node.Join();
        node.Take(bytes - _bytes);
        if (bytes == 0)
            node.Leave();
        _bytes = bytes;
    }

    /// <summary>Another process has the webhook from now on, or none.</summary>
    public void End()
    {
        Set(0);
        _hasEnded = true;
    }
}
