namespace ActorWebhooks.Journal;

/// <summary>
/// What one webhook has seen of the journal. Writing, reading and deleting fail and come back each on their own: a success of one says
/// nothing of the others.
/// </summary>
internal sealed class JournalHealth(string webhookId, JournalNotice notice, TimeProvider time)
{
    private string? _doubt;
    private int _doubts;

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
            _doubts = 0;
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
    /// A write failed, and may have succeeded all the same, or another owner may have been faster. The row is read at once to find out.
    /// </summary>
    public void InDoubt(string cause) => (_doubt, _doubts) = (cause, _doubts + 1);

    /// <summary>Whether no write failed before the one in doubt since one succeeded.</summary>
    public bool IsFirstDoubt => _doubts == 1;

    /// <summary>There is no such row: the journal had failed.</summary>
    public void NotWritten()
    {
        if (_doubt is { } cause)
            Failed(Writes, cause);
        _doubt = null;
    }

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
