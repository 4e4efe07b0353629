using ActorWebhooks.Actors;
using ActorWebhooks.Cluster.Hop;
using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Ownership;
using ActorWebhooks.Routing;
using ActorWebhooks.Text;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;

namespace ActorWebhooks.Cluster.Entities;

/// <summary>
/// The one life that a webhook has in the cluster, parent of the same <see cref="WebhookActor"/> that runs on a node by itself: takes in the
/// bundles of all nodes, hands over when the webhook moves, and sleeps when there is nothing to do.
/// </summary>
internal sealed class WebhookEntity(EntityState state) : UntypedActor, IWithTimers
{
    private const string WebhookName = "webhook";

    private static readonly TimeSpan CommandPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TimeToEmpty = TimeSpan.FromMilliseconds(50);

    private readonly HostedWebhooks _hosted = state.Hosted;
    private readonly BundleIntake _intake = new(state);
    private IActorRef _drainAskedBy = ActorRefs.Nobody;
    private bool _isQuiet;

    public ITimerScheduler Timers { get; set; } = null!;

    private static ILoggingAdapter Log => Context.GetLogger();

    // It outlives a restart of this actor. Nobody if there is none.
    private static IActorRef Webhook => Context.Child(WebhookName);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Bundle bundle:
                _isQuiet = false;
                OnBundle(bundle);
                break;
            case IntakeBell bell when bell == state.Bell:
                bell.Answer();
                _intake.TellProgress();
                break;
            case CommandForWebhook command:
                _isQuiet = false;
                OnCommand(command.Command);
                break;
            case WakeWebhook:
                Sender.Tell(new WebhookAwake(state.Id));
                break;
            case DefinitionChanged changed:
                OnDefinition(changed.Definition);
                break;
            case LookIfIdle:
                LookWhetherIdle();
                break;
            case WebhookStatus status when IsIdle(status):
                state.IsFallingAsleep = true;
                Context.Parent.Tell(new Passivate(StopEntity.Instance));
                break;
            case StopEntity:
                HandOver();
                break;
            case DrainEntity when state.Live is null:
                Sender.Tell(EntityDrained.Instance);
                break;
            case DrainEntity:
                _drainAskedBy = Sender;
                Webhook.Tell(new DrainWebhook());
                break;
            case WebhookDrained:
                OnDrained();
                break;
            case LeaseExpired:
                Webhook.Forward(message);
                break;
            case WebhookDisplaced:
                // Its next life reads what the other owner has left.
                Context.Parent.Tell(new Passivate(StopEntity.Instance));
                break;
            case LookAgainAtRemoval when state.Phase == EntityPhase.Removed:
                Webhook.Tell(new DrainWebhook());
                break;
            case Deadline when state.Phase == EntityPhase.Leaving:
                Context.Stop(Webhook);
                break;
            case Deadline when state.Phase == EntityPhase.Removed:
                Context.Parent.Tell(new Passivate(StopEntity.Instance));
                break;
            case Terminated terminated when terminated.ActorRef.Path.Parent.Equals(Self.Path):
                OnWebhookStopped();
                break;
            case Terminated terminated:
                state.Hop.Orphan(terminated.ActorRef);
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
        if (_hosted.Enter(state.Id, Self) is { } definition)
            Start(definition);
        StartTimers();
    }

    // A fault of this actor is no reason to stop the webhook.
    protected override void PreRestart(Exception reason, object message)
    {
    }

    protected override void PostRestart(Exception reason) => StartTimers();

    protected override void PostStop()
    {
        _hosted.Leave(state.Id, Self);
        if (state.Live is not { } live)
            return;
        LetGo(live);
        if (live.Machine.Journal is null && live.Budget.UsedEvents > 0)
        {
            Log.Warning(
                _hosted.Hosts.Others().Any()
                    ? "Webhook {0}: stopped at once with {1} undelivered events; the nodes that sent them keep them"
                    : "Webhook {0}: stopped at once with {1} undelivered events, which are lost, as all nodes stop",
                state.Id,
                live.Budget.UsedEvents);
        }

        live.Machine.Abandon();
    }

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(maxNrOfRetries: -1, withinTimeMilliseconds: -1, _ => Directive.Restart);

    // Timers do not outlive a restart.
    private void StartTimers()
    {
        Timers.StartPeriodicTimer(nameof(LookIfIdle), LookIfIdle.Instance, _hosted.Times.PassivateAfter / 2);
        if (state.Phase is EntityPhase.Removed or EntityPhase.Leaving)
            Timers.StartSingleTimer(nameof(Deadline), Deadline.Instance, state.Phase == EntityPhase.Removed ? _hosted.Times.Drain : _hosted.Times.HandOver);
    }

    private void Start(WebhookDefinition definition)
    {
        var live = _hosted.Factory.Create(definition);

        // How long ago the latest flush and attempt were on another node is not known here, so they count as made now. A journal says more of attempts.
        var now = Pace.From(_hosted.Services.Time.GetElapsedTime(0));
        live.Machine.Pace = _hosted.Wake(state.Id, out var pace) ? pace
            : _hosted.Factory.IsDurable ? now with { LatestAttempt = null }
            : now;
        var (services, journal, machine) = (_hosted.Services, _hosted.Journal, live.Machine);
        (state.Live, state.Definition, state.Bell) = (live, definition, new IntakeBell(live.Intake, Self));
        Context.Watch(Context.ActorOf(ActorFactory.Props(() => new WebhookActor(machine, services, journal)), WebhookName));
        if (_hosted.DrainsAtStart)
            Webhook.Tell(new DrainWebhook());
        services.Metrics.Watch(state.Id, live.ReadUse);
    }

    private void OnBundle(Bundle bundle)
    {
        // What comes on the way out is sent again, to where the webhook lives next.
        if (state.Phase is EntityPhase.Leaving or EntityPhase.Gone)
            return;

        // In memory alone nothing else tells whether another node has taken over. It is sent again.
        if (!_hosted.Factory.IsDurable && _hosted.Services.Owner.Lease.State != LeaseState.Held)
            return;
        if (!state.Hop.Knows(bundle.Stream))
            Context.Watch(Sender);
        if (_intake.TakeIn(bundle, Sender))
            Webhook.Tell(EventsCame.Instance, ActorRefs.NoSender);
    }

    private void OnCommand(IWebhookCommand command)
    {
        if (state.Live is null)
            Sender.Tell(new CommandAnswer(new NoSuchWebhook(state.Id)));
        else if (state.Phase is EntityPhase.Running or EntityPhase.Removed)
            Webhook.Ask<object>(command, CommandPatience).PipeTo(Sender, Self, Wrap, e => new CommandAnswer(new CommandFailed(OutsideText.Clean(e.Message))));
    }

    private static CommandAnswer Wrap(object answer) => new(answer switch
    {
        WebhookStatus status => WebhookReport.Of(status),
        JournalFailed failed => new CommandFailed(failed.Cause),
        _ => answer,
    });

    private void OnDefinition(WebhookDefinition? definition)
    {
        switch (state.Phase)
        {
            case EntityPhase.Running when definition is not null && state.Live is null:
                Start(definition);
                break;
            case EntityPhase.Running when definition is not null && definition.IsSameAs(state.Definition!):
                // A change would give an endpoint that is gone another chance.
                break;
            case EntityPhase.Running or EntityPhase.Removed when definition is not null:
                (state.Phase, state.Definition) = (EntityPhase.Running, definition);
                Timers.Cancel(nameof(Deadline));
                Webhook.Tell(new ReconfigureWebhook(definition));
                break;
            case EntityPhase.Running when state.Live is not null:
                state.Phase = EntityPhase.Removed;
                Webhook.Tell(new DrainWebhook());
                StartTimers();
                break;
        }
    }

    private void LookWhetherIdle()
    {
        if (_isQuiet && state.Phase == EntityPhase.Running)
        {
            if (state.Live is null)
                Context.Parent.Tell(new Passivate(StopEntity.Instance));
            else
                Webhook.Tell(new GetStatus());
        }

        _isQuiet = true;
    }

    // In memory, whatever there is would be lost; what a journal says survives.
    private bool IsIdle(WebhookStatus status) =>
        _isQuiet && state.Phase == EntityPhase.Running && status.Waiting == 0 && state.Live!.Budget.UsedBytes == 0
        && (_hosted.Factory.IsDurable
            ? status.State is WebhookState.Idle or WebhookState.Paused or WebhookState.Gone
            : status is { State: WebhookState.Idle, Dead: 0 });

    private void HandOver()
    {
        if (state.Live is null)
        {
            Context.Stop(Self);
            return;
        }

        if (state.Phase is EntityPhase.Leaving or EntityPhase.Gone)
            return;
        (state.IsRemoved, state.Phase) = (state.Phase == EntityPhase.Removed, EntityPhase.Leaving);
        Webhook.Tell(new HandOverWebhook());
        StartTimers();
    }

    private void OnDrained()
    {
        switch (state.Phase)
        {
            case EntityPhase.Leaving:
                Context.Stop(Webhook);
                break;
            case EntityPhase.Running:
                _drainAskedBy.Tell(EntityDrained.Instance);
                break;
            case EntityPhase.Removed when state.Live!.Budget.UsedBytes == 0:
                Context.Parent.Tell(new Passivate(StopEntity.Instance));
                break;
            case EntityPhase.Removed:
                Timers.StartSingleTimer(nameof(LookAgainAtRemoval), LookAgainAtRemoval.Instance, TimeToEmpty);
                break;
        }
    }

    private void OnWebhookStopped()
    {
        var live = state.Live!;
        state.Phase = EntityPhase.Gone;
        LetGo(live);
        state.Live = null;
        if (state.IsFallingAsleep)
            _hosted.Sleep(state.Id, live.Machine.Pace);
        new Farewell(state, live, Log).Say();
        Context.Stop(Self);
    }

    private void LetGo(LiveWebhook live)
    {
        live.Intake.Changed = null;
        _hosted.Services.Metrics.Unwatch(state.Id);
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
