using System.Collections.Immutable;
using ActorWebhooks.Accounting;
using ActorWebhooks.Actors;
using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using ActorWebhooks.Publishing;
using ActorWebhooks.Telemetry;
using ActorWebhooks.Text;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Routing;

/// <summary>
/// The router's own actor, parent of one actor for each webhook: starts, changes and removes them as the configuration says. A webhook
/// that fails is restarted with all that it holds; its neighbours notice nothing.
/// </summary>
internal sealed class WebhookSupervisor(
    SupervisorSettings settings,
    IWebhookStarter starter,
    RunningWebhooks webhooks,
    WebhookRoutingLogic logic,
    WebhookMetrics metrics)
    : UntypedActor, IWithTimers
{
    // No escaped webhook id begins like this.
    private const string ConfigurationName = "=configuration";

    private static readonly TimeSpan StatusPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan TimeToEmpty = TimeSpan.FromMilliseconds(50);

    // A node finds out within 2 s that another has claimed its journal.
    private static readonly TimeSpan TimeToFindOut = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, RunningWebhook> _webhooks = webhooks.ById;
    private readonly DrainRoll _drainRoll = new();

    public ITimerScheduler Timers { get; set; } = null!;

    // Children outlive a restart of this actor. Nobody if there is none.
    private static IActorRef Configuration => Context.Child(ConfigurationName);

    private static ILoggingAdapter Log => Context.GetLogger();

    protected override void PreStart()
    {
        if (settings.ConfigFile is { } file)
            Context.ActorOf(
                ActorFactory.Props(() => new ConfigurationActor(file, path => WebhookFile.Load(path, settings.AllowEmptyFile), settings.ReloadQuietTime)),
                ConfigurationName);
        starter.Begin(Context);
        try
        {
            Apply();
        }
        catch
        {
            // Nobody would ever answer those who have published already.
            logic.Abandon();
            throw;
        }

        Log.Info("Webhooks started: {0} of {1} configured", _webhooks.Count, webhooks.Definitions.Length);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ReloadWebhooks when Configuration.IsNobody():
                Sender.Tell(new WebhooksReloaded(["The webhooks did not come from a file, so there is nothing to read again."]));
                break;
            case ReloadWebhooks:
                Configuration.Forward(message);
                break;
            case ConfigurationRead read:
                OnRead(read);
                break;
            case WebhookDrained drained:
                OnDrained(drained.WebhookId);
                break;
            case LeavingDeadline deadline when _webhooks.GetValueOrDefault(deadline.WebhookId) is { Presence: WebhookPresence.Leaving } late:
                Stop(late);
                break;
            case LookAgainAtLeaving look when _webhooks.GetValueOrDefault(look.WebhookId) is { Presence: WebhookPresence.Leaving } leaving:
                leaving.Actor.Tell(new DrainWebhook());
                break;
            case Terminated terminated:
                OnTerminated(terminated.ActorRef);
                break;
            case DrainWebhooks:
                OnDrain();
                break;
            case ToWebhook to:
                Find(to.WebhookId)?.Actor.Forward(to.Command);
                break;
            case SendToWebhook to when Find(to.WebhookId) is { } webhook:
                Send(webhook, to.Event);
                break;
            case GetWebhooks:
                ReportStatus();
                break;
            case GetWarnings:
                Sender.Tell(new NodeWarnings([.. Warnings(webhooks.Errors)]));
                break;
            case TellWebhooks all:
                foreach (var webhook in _webhooks.Values)
                    webhook.Actor.Tell(all.Message);
                break;
            case AdoptEvents adopt:
                Adopt(adopt);
                break;
            case Status.Failure failure:
                Log.Error(failure.Cause, "Something that the webhooks waited for failed");
                break;
            case WebhookDisplaced displaced:
                var later = new LookAtDisplaced(displaced.WebhookId);
                Timers.StartSingleTimer(later, later, TimeToFindOut);
                break;
            case LookAtDisplaced look when starter.RestartsDisplaced
                && _webhooks.GetValueOrDefault(look.WebhookId) is { Presence: WebhookPresence.Listening } displaced:
                Stop(displaced);
                break;
            case LookAtDisplaced:
                break;
            case LeavingDeadline or LookAgainAtLeaving or SendToWebhook:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    // A fault of this actor is no reason to stop the webhooks.
    protected override void PreRestart(Exception reason, object message)
    {
    }

    // Timers do not outlive it.
    protected override void PostRestart(Exception reason)
    {
        foreach (var webhook in _webhooks.Values.Where(webhook => webhook.Presence == WebhookPresence.Leaving))
            Remove(webhook);
    }

    protected override void PostStop()
    {
        logic.Abandon();
        foreach (var webhook in _webhooks.Values)
            webhook.Abandon(Log);
    }

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(maxNrOfRetries: -1, withinTimeMilliseconds: -1, _ => Directive.Restart);

    private void OnRead(ConfigurationRead read)
    {
        ImmutableArray<string> errors = [.. read.Result.Errors.Select(error => error.ToString())];
        ImmutableArray<string> warnings = [.. read.Result.Warnings.Select(warning => warning.ToString())];
        var changes = ConfigurationChanges.None;
        if (read.Result.IsValid)
        {
            changes = ConfigurationChanges.Between(webhooks.Definitions, read.Result.Webhooks);
            LogNew(warnings);
            if (!IsInForce(read.Result.Webhooks) || !webhooks.Errors.IsEmpty)
                Change(read.Result.Webhooks);
        }
        else if (!errors.SequenceEqual(webhooks.Errors))
        {
            Log.Error("{0} is refused, and the webhooks run as before:{1}{2}", settings.ConfigFile, Environment.NewLine, string.Join(Environment.NewLine, errors));
        }

        webhooks.Errors = errors;
        var reloaded = new WebhooksReloaded(errors)
        {
            Added = changes.Added,
            Removed = changes.Removed,
            Changed = changes.Changed,
            Warnings = warnings,
        };
        foreach (var askedBy in read.AskedBy)
            askedBy.Tell(reloaded);
    }

    // Once, however often the same file is read.
    private void LogNew(ImmutableArray<string> warnings)
    {
        if (warnings.SequenceEqual(webhooks.Warnings))
            return;
        webhooks.Warnings = warnings;
        WarningLog.Write(Log, warnings);
    }

    private void Change(ImmutableArray<WebhookDefinition> definitions)
    {
        webhooks.Definitions = definitions;
        Apply();
        Log.Info("Webhooks read from {0}: {1} run of {2} configured", settings.ConfigFile, Listening().Count(), webhooks.Definitions.Length);
    }

    private bool IsInForce(ImmutableArray<WebhookDefinition> definitions) =>
        definitions.Length == webhooks.Definitions.Length && definitions.Zip(webhooks.Definitions).All(pair => pair.First.IsSameAs(pair.Second));

    /// <summary>Makes what runs what is configured. New webhooks are there before the router knows them, old ones until it has forgotten them.</summary>
    private void Apply()
    {
        NodeSecrets.Get(Context.System).Set(nameof(WebhookSupervisor), webhooks.Definitions.SelectMany(WebhookSecrets.Of));
        var configured = webhooks.Definitions.Where(definition => definition.Enable).ToDictionary(definition => definition.Id, StringComparer.Ordinal);
        starter.Configure(configured);
        foreach (var definition in configured.Values)
            StartOrChange(definition);
        var removed = Listening().Where(webhook => !configured.ContainsKey(webhook.Id)).ToArray();
        foreach (var webhook in removed)
            webhook.Presence = WebhookPresence.Leaving;

        var listening = Listening().ToArray();
        logic.Open(new RoutingTable(
            [.. listening.Select(webhook => webhook.Definition)],
            [.. listening.Select(webhook => webhook.Target)],
            settings.Routing,
            metrics));
        foreach (var webhook in removed)
            Remove(webhook);
    }

    private void StartOrChange(WebhookDefinition definition)
    {
        if (!_webhooks.TryGetValue(definition.Id, out var webhook))
        {
            _webhooks.Add(definition.Id, starter.Start(Context, definition));
            return;
        }

        // One whose actor is being stopped is started anew when that is done.
        if (webhook.Presence == WebhookPresence.Stopping || (webhook.Presence == WebhookPresence.Listening && definition.IsSameAs(webhook.Definition)))
            return;
        webhook.Change(definition);
    }

    private void Remove(RunningWebhook webhook)
    {
        webhook.Target.Close();
        webhook.Actor.Tell(new DrainWebhook());
        Timers.StartSingleTimer(webhook, new LeavingDeadline(webhook.Id), settings.DrainTimeout);
    }

    private void OnDrained(string id)
    {
        _drainRoll.Drained(id);
        if (_webhooks.GetValueOrDefault(id) is not { Presence: WebhookPresence.Leaving } webhook)
            return;
        if (webhook.IsEmpty)
        {
            Stop(webhook);
            return;
        }

        // By way of this actor: the webhook may be listening again by then.
        var look = new LookAgainAtLeaving(id);
        Timers.StartSingleTimer(look, look, TimeToEmpty);
    }

    private void Stop(RunningWebhook webhook)
    {
        webhook.Presence = WebhookPresence.Stopping;
        Timers.Cancel(webhook);

        // Behind whatever it has been asked before, so that every question is answered.
        webhook.Actor.Tell(PoisonPill.Instance);
    }

    private void OnTerminated(IActorRef actor)
    {
        if (_webhooks.Values.FirstOrDefault(webhook => webhook.Actor.Equals(actor)) is not { } webhook)
            return;
        webhook.Abandon(Log);
        _webhooks.Remove(webhook.Id);
        Apply();
    }

    private void OnDrain()
    {
        logic.Close();
        var running = _webhooks.Values.Where(webhook => webhook.Presence != WebhookPresence.Stopping).ToArray();
        _drainRoll.Open(Sender, running.Select(webhook => webhook.Id));
        foreach (var webhook in running)
            webhook.Actor.Tell(new DrainWebhook());
    }

    private RunningWebhook? Find(string id)
    {
        if (_webhooks.GetValueOrDefault(id) is { Presence: not WebhookPresence.Stopping } webhook)
            return webhook;
        Sender.Tell(new NoSuchWebhook(id));
        return null;
    }

    private void Send(RunningWebhook webhook, WebhookEvent e)
    {
        var receipt = new Receipt();
        webhook.Target.Send(e, receipt);
        receipt.Close();
        receipt.Task.PipeTo(Sender);
    }

    private void Adopt(AdoptEvents adopt)
    {
        if (_webhooks.GetValueOrDefault(adopt.WebhookId) is { Presence: WebhookPresence.Listening } webhook)
        {
            foreach (var e in adopt.Events)
                webhook.Target.Send(e, null);
            return;
        }

        metrics.Dropped(adopt.WebhookId, adopt.Events.Count, nameof(DropReason.Stopped));
        Log.Warning("Webhook {0}: {1} undelivered events are lost, as nobody keeps them and this node does not have the webhook", adopt.WebhookId, adopt.Events.Count);
    }

    private void ReportStatus()
    {
        var (errors, warnings) = (webhooks.Errors, starter.Warnings);
        Task.WhenAll(_webhooks.Values
                .Where(webhook => webhook.Presence != WebhookPresence.Stopping)
                .OrderBy(webhook => webhook.Id, StringComparer.Ordinal)
                .Select(webhook => webhook.Actor.Ask<WebhookStatus>(new GetStatus(), StatusPatience)))
            .PipeTo(Sender, success: found => new WebhooksStatus([.. found], errors, warnings));
    }

    private IEnumerable<string> Warnings(ImmutableArray<string> errors) =>
        errors.Select(error => $"The webhook file is refused, and the webhooks run as before: {error}").Concat(starter.Warnings);

    private IEnumerable<RunningWebhook> Listening() =>
        _webhooks.Values.Where(webhook => webhook.Presence == WebhookPresence.Listening);

    private sealed record LeavingDeadline(string WebhookId);

    private sealed record LookAgainAtLeaving(string WebhookId);

    private sealed record LookAtDisplaced(string WebhookId);
}
