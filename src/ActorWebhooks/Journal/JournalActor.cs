using ActorWebhooks.Actors;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Readiness;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Journal;

/// <summary>
/// The door of a node to its journal: passes the requests of all webhooks on, so many at a time that a start with many webhooks, or many
/// endpoints that come back at once, do not swamp the journal. Each request is worked off by an actor of its own. The node is not ready
/// while the journal does not write.
/// </summary>
internal sealed class JournalActor(Func<IActorRef> openJournal, TimeSpan timeout, JournalWatch watch) : RestingActor
{
    private const string Refuses = "The journal has refused writes for more than 5 seconds, so the node cannot accept events.";
    private const string IsGone = "The journal plugin has stopped. Somebody has to mend what the log says and start the node again.";

    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    // Akka.Persistence starts a plugin once. One that cannot even begin is stopped by Akka, and there is no other to be had.
    private const string Stopped = "the journal plugin has stopped, for a reason that it logged; mend that and start the node again";

    // A plugin takes thousands of writes and groups them; each read holds rows in memory, and deletes lock what writers need.
    private readonly RequestQueue _writes = new(maxAtOnce: 1000);
    private readonly RequestQueue _reads = new(maxAtOnce: 8);
    private readonly RequestQueue _deletes = new(maxAtOnce: 1);
    private readonly Dictionary<IActorRef, (RequestQueue Queue, JournalRequest Request, IActorRef AskedBy)> _underWay = [];
    private IActorRef _journal = ActorRefs.Nobody;

    private readonly NodeReadiness _readiness = NodeReadiness.Get(Context.System);
    private bool _isStopped;

    protected override void PreStart()
    {
        Context.Watch(_journal = openJournal());
        Timers.StartPeriodicTimer(nameof(LookAtJournal), LookAtJournal.Instance, WatchInterval);
    }

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
                watch.See(done.Request, answer);
                done.AskedBy.Tell(answer);
                if (done.Queue.Finish() is { } next)
                    Begin(done.Queue, next.Request, next.AskedBy);
                break;
            case JournalAnswer:
                break;
            case LookAtJournal when !_isStopped:
                Look();
                break;
            case LookAtJournal:
                break;
            case Terminated terminated when terminated.ActorRef.Equals(_journal):
                _isStopped = true;
                _readiness.Set(ReadinessCondition.JournalWrites, IsGone);
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

    // What it asked for is asked for again by whoever needs it, later and later.
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private static void Close(JournalRequest request, IActorRef askedBy) =>
        askedBy.Tell(new JournalFailed(request.Number, "the engine's door to the journal was closed"));

    private void Look()
    {
        if (watch.Next(_readiness.TakeWasRead()) is { } request)
            Start(QueueOf(request), request, ActorRefs.Nobody);
        if (watch.IsRefusing)
            _readiness.Set(ReadinessCondition.JournalWrites, Refuses);
        else
            _readiness.Clear(ReadinessCondition.JournalWrites);
    }

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

    private sealed class LookAtJournal
    {
        public static readonly LookAtJournal Instance = new();
    }
}
