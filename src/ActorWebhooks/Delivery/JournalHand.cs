using ActorWebhooks.Actors;
using ActorWebhooks.Journal;
using ActorWebhooks.Journal.Requests;
using Akka.Actor;

namespace ActorWebhooks.Delivery;

/// <summary>The hand of a webhook's actor that asks the journal: does what <see cref="WebhookJournal"/> says, and tells it what came of it.</summary>
/// <param name="door">The <see cref="JournalActor"/> of the node.</param>
internal sealed class JournalHand(WebhookJournal journal, IActorRef door)
{
    private const string AskAgainTimer = "ask-again";

    /// <summary>Asks all that there is to ask now.</summary>
    public void Ask(ITimerScheduler timers)
    {
        while (journal.Next() is { } request)
            door.Tell(request);
        if (journal.RetryIn is { } time)
            timers.StartSingleTimer(AskAgainTimer, AskAgain.Instance, time);
    }

    /// <returns>Whether it is known from now on where the webhook stands.</returns>
    public bool Answer(JournalAnswer answer)
    {
        var wasRecovered = journal.IsRecovered;
        journal.Answer(answer);
        return journal.IsRecovered && !wasRecovered;
    }

    /// <summary>Has a page of dead letters read for <paramref name="askedBy"/>.</summary>
    /// <exception cref="FormatException">There is no such page.</exception>
    /// <exception cref="OverflowException">Nor such a one.</exception>
    public void List(IActorRefFactory context, GetDeadLetters page, IActorRef askedBy)
    {
        var (ids, segments, first, to) = journal.DeadLetters;
        var after = page.After is null ? first : DeadLetterListing.Parse(page.After);
        var from = after.Row < first.Row ? first : after;
        context.ActorOf(ActorFactory.Props(() => new DeadLetterListing(door, ids, segments, from, to, page.Limit, askedBy)));
    }

    /// <summary>The journal was left alone for long enough.</summary>
    public sealed class AskAgain
    {
        public static readonly AskAgain Instance = new();
    }
}
