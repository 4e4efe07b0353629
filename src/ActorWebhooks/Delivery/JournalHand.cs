using ActorWebhooks.Actors;
using ActorWebhooks.Journal;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Search;
using ActorWebhooks.Lookup;
using Akka.Actor;

namespace ActorWebhooks.Delivery;

/// <summary>The hand of a webhook's actor that asks the journal: does what <see cref="WebhookJournal"/> says, and tells it what came of it.</summary>
/// <param name="door">The <see cref="JournalActor"/> of the node.</param>
internal sealed class JournalHand(WebhookJournal journal, IActorRef door)
{
    private const string AskAgainTimer = "ask-again";
    private const string LogTimer = "log-attempts";
    private const string SearchName = "search";

    private bool _isLogTimerSet;

    /// <summary>Asks all that there is to ask now.</summary>
    public void Ask(ITimerScheduler timers)
    {
        while (journal.Next() is { } request)
            door.Tell(request);
        if (journal.RetryIn is { } time)
            timers.StartSingleTimer(AskAgainTimer, AskAgain.Instance, time);
        if (_isLogTimerSet || journal.AttemptsDueIn is not { } due)
            return;
        _isLogTimerSet = true;
        timers.StartSingleTimer(LogTimer, LogDue.Instance, due);
    }

    /// <summary>The timer of <see cref="LogDue"/> has fired.</summary>
    public void LogIsDue() => _isLogTimerSet = false;

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

    /// <summary>Has the journal searched for an event, for <paramref name="askedBy"/>.</summary>
    /// <param name="inMemory">What was found there.</param>
    /// <returns>False while another search is under way.</returns>
    public bool TryFind(IActorContext context, string eventId, EventFindings inMemory, TimeProvider time, IActorRef askedBy)
    {
        if (!context.Child(SearchName).IsNobody())
            return false;
        var search = new EventSearch(journal.Searched, eventId, inMemory, time);
        context.ActorOf(ActorFactory.Props(() => new EventSearchActor(door, search, askedBy)), SearchName);
        return true;
    }

    /// <summary>The journal was left alone for long enough.</summary>
    public sealed class AskAgain
    {
        public static readonly AskAgain Instance = new();
    }

    /// <summary>Attempts have waited for long enough to be written.</summary>
    public sealed class LogDue
    {
        public static readonly LogDue Instance = new();
    }
}
