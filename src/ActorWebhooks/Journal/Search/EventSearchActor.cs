using ActorWebhooks.Journal.Requests;
using Akka.Actor;

namespace ActorWebhooks.Journal.Search;

/// <summary>Has the journal read for an <see cref="EventSearch"/>, tells whoever asked what it found, and stops.</summary>
internal sealed class EventSearchActor(IActorRef journal, EventSearch search, IActorRef askedBy) : UntypedActor
{
    private bool _isAnswered;

    protected override void PreStart()
    {
        SetReceiveTimeout(EventSearch.MaxTime);
        ReadOn();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RowsRead read:
                search.Read(read);
                ReadOn();
                break;
            case JournalFailed or ReceiveTimeout:
                search.BreakOff();
                ReadOn();
                break;
        }
    }

    // After a fault too, as it is not started again.
    protected override void PostStop()
    {
        if (!_isAnswered)
            askedBy.Tell(new JournalFailed(1, "the journal could not be searched"));
    }

    private void ReadOn()
    {
        if (search.Next(1) is { } request)
        {
            journal.Tell(request);
            return;
        }

        _isAnswered = true;
        askedBy.Tell(search.Findings);
        Context.Stop(Self);
    }
}
