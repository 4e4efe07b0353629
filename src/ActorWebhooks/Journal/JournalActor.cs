using ActorWebhooks.Actors;
using ActorWebhooks.Journal.Requests;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Journal;

/// <summary>
/// The door of a node to its journal: passes the requests of all webhooks on, so many at a time that a start with many webhooks, or many
/// endpoints that come back at once, do not swamp the journal. Each request is worked off by an actor of its own.
/// </summary>
internal sealed class JournalActor(Func<IActorRef> openJournal, TimeSpan timeout) : UntypedActor
{
    // Akka.Persistence starts a plugin once. One that cannot even begin is stopped by Akka, and there is no other to be had.
    private const string Stopped = "the journal plugin has stopped, for a reason that it logged; mend that and start the node again";

    // A plugin takes thousands of writes and groups them; each read holds rows in memory, and deletes lock what writers need.
    private readonly RequestQueue _writes = new(maxAtOnce: 1000);
    private readonly RequestQueue _reads = new(maxAtOnce: 8);
    private readonly RequestQueue _deletes = new(maxAtOnce: 1);
    private readonly Dictionary<IActorRef, (RequestQueue Queue, JournalRequest Request, IActorRef AskedBy)> _underWay = [];
    private IActorRef _journal = ActorRefs.Nobody;

    private bool _isStopped;

    protected override void PreStart() => Context.Watch(_journal = openJournal());

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case JournalRequest request when _isStopped:
                Sender.Tell(new JournalFailed(request.Number, Stopped));
                break;
            case JournalRequest request:
                Start(QueueOf(request), request, Sender);
                break;
            case JournalAnswer answer when _underWay.Remove(Sender, out var done):
                done.AskedBy.Tell(answer);
                if (done.Queue.Finish() is { } next)
                    Begin(done.Queue, next.Request, next.AskedBy);
                break;
            case JournalAnswer:
                break;
            case Terminated terminated when terminated.ActorRef.Equals(_journal):
                _isStopped = true;
                Context.GetLogger().Error("{0}: {1}", Stopped, _journal.Path);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PostStop()
    {
        foreach (var (_, request, askedBy) in _underWay.Values)
            Close(request, askedBy);
        foreach (var (request, askedBy) in _writes.Close().Concat(_reads.Close()).Concat(_deletes.Close()))
            Close(request, askedBy);
    }

    private static void Close(JournalRequest request, IActorRef askedBy) =>
        askedBy.Tell(new JournalFailed(request.Number, "the engine's door to the journal was closed"));

    private RequestQueue QueueOf(JournalRequest request) => request switch
    {
        WriteRow => _writes,
        DeleteRows => _deletes,
        _ => _reads,
    };

    private void Start(RequestQueue queue, JournalRequest request, IActorRef askedBy)
    {
        if (queue.TryStart(request, askedBy))
            Begin(queue, request, askedBy);
    }

    private void Begin(RequestQueue queue, JournalRequest request, IActorRef askedBy)
    {
        var (journal, patience) = (_journal, timeout);
        var worker = Context.ActorOf(ActorFactory.Props(() => new JournalWorker(request, journal, patience)));
        _underWay.Add(worker, (queue, request, askedBy));
    }
}
