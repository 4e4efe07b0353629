using ActorWebhooks.Accounting;
using ActorWebhooks.DeadLetters;

namespace ActorWebhooks.Delivery;

/// <summary>Where a webhook's events go that it gives up on, with the reason and the count.</summary>
/// <param name="isJournaled">Whether the letters are in a journal, which nothing of a lossy webhook is.</param>
internal sealed class DeadLetterOffice(
    IDeadLetters letters, TimeSpan maxAge, WebhookAccount account, bool isJournaled, TimeProvider time)
{
    public IDeadLetters Letters => letters;

    /// <param name="lastFailure">How the latest attempt ended, if it failed.</param>
    public void Bury(IReadOnlyList<WebhookEvent> events, DeadLetterReason reason, AttemptOutcome? lastFailure, bool isLossy)
    {
        if (events.Count == 0)
            return;
        if (isLossy && isJournaled)
        {
            account.Drop(events.Count, DropReason.Lossy);
            return;
        }

        var now = time.GetUtcNow();
        var (status, response) = (lastFailure?.Status, lastFailure?.Error ?? lastFailure?.Response ?? "");
        var buried = new DeadLetter[events.Count];
        for (var i = 0; i < buried.Length; i++)
        {
            account.Bury(reason);
            buried[i] = new DeadLetter(events[i], reason, now, status, response);
        }

        account.Drop(letters.Add(buried), DropReason.DeadLetterOverflow);
    }

    /// <summary>Drops those that have been kept for as long as dead letters are.</summary>
    public void Expire()
    {
        if (letters.Count > 0)
            account.Drop(letters.Expire(time.GetUtcNow() - maxAge), DropReason.DeadLetterExpired);
    }

    /// <inheritdoc cref="IDeadLetters.TryTake"/>
    public bool TryTake(LetterSelection selection)
    {
        var isTaken = letters.TryTake(selection, out var dropped);
        account.Drop(dropped, DropReason.Discarded);
        return isTaken;
    }

    /// <returns>How many there were.</returns>
    public int Drop()
    {
        var count = letters.Clear();
        account.Drop(count, DropReason.Discarded);
        return count;
    }
}
