using ActorWebhooks.Actors;
using ActorWebhooks.Cluster.Hop;
using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Outbox;
using ActorWebhooks.Routing;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;

namespace ActorWebhooks.Cluster.Entities;

/// <summary>
/// The one life that a webhook has in the cluster, parent of the same <see cref="WebhookActor"/> that runs on a node by itself: takes in the
/// bundles of all nodes, hands over when the webhook moves, and sleeps when there is nothing to do.
/// </summary>
internal sealed class WebhookEntity : UntypedActor, IWithTimers
{
    private const string IdleTimer = "idle";
    private const string DeadlineTimer = "deadline";
    private const string LookAgainTimer = "look-again";

    private static readonly TimeSpan CommandPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TimeToEmpty = TimeSpan.FromMilliseconds(50);

    private readonly string _id;
    private readonly HostedWebhooks _hosted;
    private readonly HopReceiver _hop;
    private readonly HashSet<InStream> _changed = [];
    private LiveWebhook? _live;
    private IntakeBell? _bell;
    private IActorRef _webhook = ActorRefs.Nobody;
    private IActorRef _drainAskedBy = ActorRefs.Nobody;
    private RefusalReason? _toldRefusal;
    private EntityPhase _phase = EntityPhase.Running;
    private bool _isQuiet;

    public WebhookEntity(string id, HostedWebhooks hosted)
    {
        (_id, _hosted) = (id, hosted);
        _hop = new HopReceiver(hosted.Services.Random.NextInt64(), hosted.Factory.IsDurable);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private static ILoggingAdapter Log => Context.GetLogger();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Bundle bundle:
                _isQuiet = false;
                OnBundle(bundle);
                break;
            case IntakeBell bell when bell == _bell:
                bell.Answer();
                OnIntakeChanged();
                break;
            case CommandForWebhook command:
                _isQuiet = false;
                OnCommand(command.Command);
                break;
            case WakeWebhook:
                Sender.Tell(new WebhookAwake(_id));
                break;
            case DefinitionChanged changed:
                OnDefinition(changed.Definition);
                break;
            case LookIfIdle:
                LookWhetherIdle();
                break;
            case WebhookStatus status when IsIdle(status):
                Context.Parent.Tell(new Passivate(StopEntity.Instance));
                break;
            case StopEntity:
                HandOver();
                break;
            case DrainEntity when _live is null:
                Sender.Tell(EntityDrained.Instance);
                break;
            case DrainEntity:
                _drainAskedBy = Sender;
                _webhook.Tell(new DrainWebhook());
                break;
            case WebhookDrained:
                OnDrained();
                break;
            case LookAgainAtRemoval when _phase == EntityPhase.Removed:
                _webhook.Tell(new DrainWebhook());
                break;
            case Deadline when _phase != EntityPhase.Running:
                StopWebhook();
                break;
            case Terminated terminated when terminated.ActorRef.Equals(_webhook):
                OnWebhookStopped();
                break;
            case Terminated terminated:
                _hop.Orphan(terminated.ActorRef);
                break;
            case IntakeBell or WebhookStatus or Deadline or LookAgainAtRemoval:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PreStart()
    {
        if (_hosted.Enter(_id, Self) is { } definition)
            Start(definition);
        Timers.StartPeriodicTimer(IdleTimer, LookIfIdle.Instance, _hosted.Times.PassivateAfter / 2);
    }

    protected override void PostStop()
    {
        _hosted.Leave(_id, Self);
        if (_live is not { } live)
            return;
        LetGo(live);
        if (live.Machine.Journal is null && live.Budget.UsedEvents > 0)
            Log.Warning("Webhook {0}: stopped at once with {1} undelivered events; the nodes that sent them keep them", _id, live.Budget.UsedEvents);
        live.Machine.Abandon();
    }

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(maxNrOfRetries: -1, withinTimeMilliseconds: -1, _ => Directive.Restart);

    private void Start(WebhookDefinition definition)
    {
        var live = _hosted.Factory.Create(definition);
        var (services, journal, machine) = (_hosted.Services, _hosted.Journal, live.Machine);
        (_live, _bell) = (live, new IntakeBell(live.Intake, Self));
        _webhook = Context.Watch(Context.ActorOf(ActorFactory.Props(() => new WebhookActor(machine, services, journal)), "webhook"));
        services.Metrics.Watch(_id, live.ReadUse);
    }

    private void OnBundle(Bundle bundle)
    {
        // What comes on the way out is sent again, to where the webhook lives next.
        if (_phase is EntityPhase.Leaving or EntityPhase.Gone)
            return;
        var isNew = !_hop.Knows(bundle.Stream);
        var stream = _hop.StreamOf(bundle, Sender);
        if (isNew)
            Context.Watch(Sender);
        if (_live is not { } live || _phase == EntityPhase.Removed)
            Sender.Tell(_hop.ProgressOf(stream, RefusalReason.NotConfigured));
        else if (bundle.From > stream.Received)
            TellGap(stream);
        else
            Sender.Tell(_hop.ProgressOf(stream, TakeIn(live, stream, bundle)));
    }

    private void TellGap(InStream stream)
    {
        if (stream.ToldGap == stream.Received)
            return;
        stream.ToldGap = stream.Received;
        stream.Courier.Tell(_hop.ProgressOf(stream, note: ProgressNote.Gap));
    }

    /// <returns>Why it was not taken in.</returns>
    private RefusalReason? TakeIn(LiveWebhook live, InStream stream, Bundle bundle)
    {
        if (live.Intake.Refusal is { } refusal)
            return refusal;
        var skipped = (int)Math.Min(stream.Received - bundle.From, bundle.Count);
        if (skipped > 0)
            _hosted.Metrics.Repeated(_id, skipped);
        if (skipped == bundle.Count)
            return null;

        var count = bundle.Count - skipped;
        Span<int> lengths = count <= 1024 ? stackalloc int[count] : new int[count];
        var events = 0;
        for (var i = 0; i < count; i++)
        {
            lengths[i] = bundle.LengthOf(skipped + i);
            events += lengths[i] > 0 ? 1 : 0;
        }

        var bytes = bundle.EventsFrom(skipped);
        var cost = OutboxBudget.CostOf(events, bytes.Length);
        var isLossy = live.Machine.Definition.Lossy;
        if ((isLossy ? live.Budget.TryTakeLossy(cost, events) : live.Budget.TryTake(cost, events)) is { } full)
            return full;
        var isCalled = live.Intake.Append(bytes, lengths, out var before);
        _hop.Received(stream, bundle, before, events);
        if (events < count)
            _hop.ReleaseTo(live.Intake.Released, _changed);
        if (isCalled || (isLossy && live.Budget.IsFarOver && live.Intake.Call()))
            _webhook.Tell(EventsCame.Instance, ActorRefs.NoSender);
        return null;
    }

    private void OnIntakeChanged()
    {
        var live = _live!;
        _hop.ReleaseTo(live.Intake.Released, _changed);
        var refusal = live.Intake.Refusal;
        foreach (var stream in refusal == _toldRefusal ? _changed : _hop.Streams)
            stream.Courier.Tell(_hop.ProgressOf(stream, refusal));
        _toldRefusal = refusal;
        _changed.Clear();
    }

    private void OnCommand(IWebhookCommand command)
    {
        if (_live is null)
            Sender.Tell(new CommandAnswer(new NoSuchWebhook(_id)));
        else if (_phase is EntityPhase.Running or EntityPhase.Removed)
            _webhook.Ask<object>(command, CommandPatience).PipeTo(Sender, Self, Wrap, e => new CommandAnswer(new CommandFailed(e.Message)));
    }

    private static CommandAnswer Wrap(object answer) => new(answer switch
    {
        WebhookStatus status => WebhookReport.Of(status),
        JournalFailed failed => new CommandFailed(failed.Cause),
        _ => answer,
    });

    private void OnDefinition(WebhookDefinition? definition)
    {
        switch (_phase)
        {
            case EntityPhase.Running or EntityPhase.Removed when definition is not null && _live is null:
                Start(definition);
                break;
            case EntityPhase.Running or EntityPhase.Removed when definition is not null:
                _phase = EntityPhase.Running;
                Timers.Cancel(DeadlineTimer);
                _webhook.Tell(new ReconfigureWebhook(definition));
                break;
            case EntityPhase.Running when _live is not null:
                _phase = EntityPhase.Removed;
                _webhook.Tell(new DrainWebhook());
                Timers.StartSingleTimer(DeadlineTimer, Deadline.Instance, _hosted.Times.Drain);
                break;
        }
    }

    private void LookWhetherIdle()
    {
        if (_isQuiet && _phase == EntityPhase.Running)
        {
            if (_live is null)
                Context.Parent.Tell(new Passivate(StopEntity.Instance));
            else
                _webhook.Tell(new GetStatus());
        }

        _isQuiet = true;
    }

    // In memory, whatever there is would be lost; what a journal says survives.
    private bool IsIdle(WebhookStatus status) =>
        _isQuiet && _phase == EntityPhase.Running && status.Waiting == 0 && _live!.Budget.UsedBytes == 0
        && (_hosted.Factory.IsDurable
            ? status.State is WebhookState.Idle or WebhookState.Paused or WebhookState.Gone
            : status is { State: WebhookState.Idle, Dead: 0 });

    private void HandOver()
    {
        if (_live is null)
        {
            Context.Stop(Self);
            return;
        }

        if (_phase is EntityPhase.Leaving or EntityPhase.Gone)
            return;
        _phase = EntityPhase.Leaving;
        _webhook.Tell(new HandOverWebhook());
        Timers.StartSingleTimer(DeadlineTimer, Deadline.Instance, _hosted.Times.HandOver);
    }

    private void OnDrained()
    {
        if (_phase == EntityPhase.Leaving || (_phase == EntityPhase.Removed && _live!.Budget.UsedBytes == 0))
            StopWebhook();
        else if (_phase == EntityPhase.Running)
            _drainAskedBy.Tell(EntityDrained.Instance);
        else if (_phase == EntityPhase.Removed)
            Timers.StartSingleTimer(LookAgainTimer, LookAgainAtRemoval.Instance, TimeToEmpty);
    }

    private void StopWebhook()
    {
        if (_phase == EntityPhase.Leaving)
            Context.Stop(_webhook);
        else
            Context.Parent.Tell(new Passivate(StopEntity.Instance));
    }

    private void OnWebhookStopped()
    {
        var live = _live!;
        _phase = EntityPhase.Gone;
        LetGo(live);
        _live = null;
        _hop.ReleaseTo(live.Intake.Released, _changed);
        if (live.Machine.Journal is null)
            PassOn(live);
        else if (PassOnJournal(live) > 0)
            _hosted.Waker.Tell(new WakeWebhook(_id));
        foreach (var stream in _hop.Streams)
            stream.Courier.Tell(_hop.ProgressOf(stream, note: ProgressNote.Leaving));
        Context.Stop(Self);
    }

    private static int PassOnJournal(LiveWebhook live)
    {
        var waiting = live.Machine.Waiting;
        live.Machine.Abandon();
        return waiting;
    }

    // Those whose sender lives are sent again by it; the others nobody has.
    private void PassOn(LiveWebhook live)
    {
        var released = live.Intake.Released;
        var dead = live.Machine.DropDeadLetters();
        if (dead > 0)
            Log.Warning("Webhook {0}: {1} dead letters, which were in memory alone, are lost as it moves", _id, dead);
        var events = live.Machine.TakeAll();
        var streams = _hop.StreamsOf(released, events.Count);
        var orphans = new List<WebhookEvent>();
        for (var i = 0; i < events.Count; i++)
        {
            if (streams[i] is null or { IsOrphaned: true })
                orphans.Add(events[i]);
        }

        if (orphans.Count > 0)
            _hosted.Router.Tell(new AdoptEvents(_id, orphans));
    }

    private void LetGo(LiveWebhook live)
    {
        live.Intake.Changed = null;
        _hosted.Services.Metrics.Unwatch(_id);
    }

    private sealed class LookIfIdle
    {
        public static readonly LookIfIdle Instance = new();
    }

    private sealed class LookAgainAtRemoval
    {
        public static readonly LookAgainAtRemoval Instance = new();
    }

    private sealed class Deadline
    {
        public static readonly Deadline Instance = new();
    }
}
