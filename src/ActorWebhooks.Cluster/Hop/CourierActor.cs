using ActorWebhooks.Actors;
using ActorWebhooks.Cluster.Entities;
using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using ActorWebhooks.Journal.Search;
using Akka.Actor;

namespace ActorWebhooks.Cluster.Hop;

/// <summary>
/// A webhook as a node of the cluster has it: brings the events of the node to wherever the webhook lives, as <see cref="HopSender"/> says,
/// and asks it for whoever wants to know something.
/// </summary>
/// <param name="region">What finds the webhook.</param>
internal sealed class CourierActor(HopSender hop, WebhookDefinition definition, IActorRef region) : RestingActor
{
    private const string LookAgainTimer = "look-again";

    // Less than that of whoever wants to know about all webhooks.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // The journal is searched for it.
    private static readonly TimeSpan PatienceToFind = EventSearch.MaxTime + TimeSpan.FromSeconds(2);

    private WebhookDefinition _definition = definition;
    private Address? _host;
    private bool _isDraining;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Progress progress:
                _host = Sender.Path.Address;
                hop.Hear(progress);
                Proceed();
                break;
            case EventsCame or LookAgain:
                Proceed();
                break;
            case HostGone gone when gone.Address.Equals(_host):
                hop.Restart();
                Proceed();
                break;
            case DrainWebhook:
                _isDraining = true;
                Proceed();
                break;
            case ReconfigureWebhook reconfigure:
                (_definition, _isDraining) = (reconfigure.Definition, false);
                hop.Throttle = _definition.Throttle;
                Proceed();
                break;
            case IWebhookCommand command:
                Ask(command);
                break;
            case HostGone:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PreStart()
    {
        hop.Throttle = _definition.Throttle;
        Proceed();
    }

    private void Proceed()
    {
        do
        {
            while (hop.Next() is { } bundle)
                region.Tell(bundle);
        }
        while (!hop.IsLingering && !hop.TryAwaitEvents());

        if (hop.LookAgainIn() is { } time)
            Timers.StartSingleTimer(LookAgainTimer, LookAgain.Instance, time);
        else
            Timers.Cancel(LookAgainTimer);
        if (_isDraining && hop.IsSettled)
            Context.Parent.Tell(new WebhookDrained(_definition.Id));
    }

    private void Ask(IWebhookCommand command)
    {
        var definition = _definition;
        var answer = region.Ask<CommandAnswer>(new CommandForWebhook(definition.Id, command), command is FindEvent ? PatienceToFind : Patience);
        if (command is GetStatus)
            answer.PipeTo(Sender, Self, found => StatusOf(found) ?? Unreachable(), _ => Unreachable());
        else
            answer.PipeTo(Sender, Self, found => StatusOf(found) ?? found.Answer);

        WebhookStatus? StatusOf(CommandAnswer found) => (found.Answer as WebhookReport)?.With(definition);
        WebhookStatus Unreachable() => WebhookReport.Unreachable.With(definition);
    }

    private sealed class LookAgain
    {
        public static readonly LookAgain Instance = new();
    }
}
