namespace ActorWebhooks.Journal;

/// <summary>
/// What one webhook has seen of the journal. Writing, reading and deleting fail and come back each on their own: a success of one says
/// nothing of the others.
/// </summary>
internal sealed class JournalHealth(string webhookId, JournalNotice notice, TimeProvider time)
{
    private bool _isDisplaced;

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

    /// <summary>Another process writes. That is no failure of the journal, but nothing can be written all the same.</summary>
    public void Displaced()
    {
        Works(Writes);
        Writes.Failed();
        if (!_isDisplaced)
            notice.Displaced(webhookId);
        _isDisplaced = true;
    }

    /// <summary>The webhook is no more.</summary>
    public void Forget() => notice.Forget(webhookId);
}
