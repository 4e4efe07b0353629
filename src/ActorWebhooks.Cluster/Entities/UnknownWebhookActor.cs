using ActorWebhooks.Cluster.Hop;
using ActorWebhooks.Routing;
using Akka.Actor;
using Akka.Cluster.Sharding;

namespace ActorWebhooks.Cluster.Entities;

/// <summary>Answers for the webhooks of a shard that this node does not know. It keeps nothing of what it is asked.</summary>
/// <param name="entity">Of its life.</param>
/// <param name="isStarted">Whether it was started by an id, which nodes do not do, and has to go again.</param>
internal sealed class UnknownWebhookActor(HostedWebhooks hosted, long entity, bool isStarted) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Bundle bundle:
                // Made for this answer alone; it is not kept.
                var hop = new HopReceiver(entity, hosted.Factory.IsDurable);
                Sender.Tell(hop.ProgressOf(hop.StreamOf(bundle, Sender), RefusalReason.NotConfigured));
                break;
            case CommandForWebhook command:
                Sender.Tell(new CommandAnswer(new NoSuchWebhook(command.WebhookId)));
                break;
            case WakeWebhook wake:
                Sender.Tell(new WebhookAwake(wake.WebhookId));
                break;
            case ReceiveTimeout:
                Context.Parent.Tell(new Passivate(StopEntity.Instance));
                break;
            case StopEntity:
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PreStart()
    {
        if (isStarted)
            Context.Parent.Tell(new Passivate(StopEntity.Instance));
        else
            Context.SetReceiveTimeout(hosted.Times.PassivateAfter);
    }
}
