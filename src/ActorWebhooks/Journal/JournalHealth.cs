namespace ActorWebhooks.Journal;

/// <summary>
/// What one webhook has seen of the journal. Writing, reading and deleting fail and come back each on their own: a success of one says
/// nothing of the others.
/// </summary>
internal sealed class JournalHealth(string webhookId, JournalNotice notice, TimeProvider time)
{
    private const int MostSlips = 3;

    private int _slips;

    public JournalPatience Writes { get; } = new(time);

    public JournalPatience Reads { get; } = new(time);

    public JournalPatience Deletes { get; } = new(time);

    /// <summary>How long to wait before asking again for what is held back; null when nothing is. While writes are, everything is.</summary>
    public TimeSpan? RetryIn => Writes.RetryIn ?? (Reads.RetryIn, Deletes.RetryIn) switch
    {
        ({ } reads, { } deletes) => reads < deletes ? reads : deletes,
        var (reads, deletes) => reads ?? deletes,
    };

    public void Works(JournalPatience patience)
    {
        if (patience == Writes)
            _slips = 0;
        if (!patience.IsFailing)
            return;
        patience.Works();
        if (!Writes.IsFailing && !Reads.IsFailing && !Deletes.IsFailing)
            notice.Works(webhookId);
    }

    public void Failed(JournalPatience patience, string cause)
    {
        patience.Failed();
        notice.Failed(webhookId, cause);
    }

    /// <summary>
    /// Whether a write that failed is tried again at once, and nobody is told: a connection may have been closed meanwhile, and a plugin that
    /// writes the rows of several webhooks at once fails all of them when one is refused.
    /// </summary>
    public bool IsSlip() => !Writes.IsFailing && ++_slips <= MostSlips;

    /// <summary>Another process owns the webhook. That is no failure of the journal.</summary>
    /// <param name="owner">Its name; empty when that is not known.</param>
    public void Displaced(string owner)
    {
        Works(Writes);
        Forget();
        notice.Displaced(webhookId, owner);
    }

    /// <summary>The webhook is no more.</summary>
    public void Forget() => notice.Forget(webhookId);
}
