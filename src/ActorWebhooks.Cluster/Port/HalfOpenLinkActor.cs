using System.Reflection;
using Akka.Actor;
using Akka.Event;
using Akka.Remote;
using Akka.Remote.Transport;

namespace ActorWebhooks.Cluster.Port;

/// <summary>
/// Mends what Akka.Remote leaves half open. A node that was started again connects while this node is connecting to it: Akka stops the actor that asked
/// for the connection, and the connection goes to dead letters, open. The other node reads from it, as it came last, and never again from the
/// one that this node writes to. Nothing from here arrives there, until one of the two is put out of the cluster. So such a connection is closed, and
/// a node whose incoming connection ends closes the outgoing ones too: both connect anew.
/// </summary>
/// <remarks>Seen in Akka.Remote 1.5.73: EndpointWriter.AssociateAsync, EndpointManager.HandleInboundAssociation and AcceptPendingReader.</remarks>
/// <param name="breakOff">Closes the connections that this node has opened to another.</param>
internal sealed class HalfOpenLinkActor(Action<Address> breakOff) : UntypedActor, IWithTimers
{
    // It is not public.
    private const string OpenedType = "Akka.Remote.EndpointWriter+Handle";
    private const string AssociationProperty = "ProtocolHandle";

    // What one node breaks off the other sees ending. Akka connects again after a second; what comes before that is not to be broken off in turn.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    private static readonly Type? Opened = typeof(RemotingLifecycleEvent).Assembly.GetType(OpenedType);
    private static readonly PropertyInfo? Association = Opened?.GetProperty(AssociationProperty);

    private readonly ILoggingAdapter _log = Context.GetLogger();

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case DeadLetter letter when letter.Message.GetType() == Opened && Association?.GetValue(letter.Message) is AssociationHandle forgotten:
                _log.Info("A connection to {0} was opened for an actor that is no more, and is closed", forgotten.RemoteAddress);
                forgotten.Disassociate("the actor that asked for it has ended", _log);
                break;
            case DisassociatedEvent { IsInbound: true, RemoteAddress: var remote } when !Timers.IsTimerActive(remote):
                Timers.StartSingleTimer(remote, QuietIsOver.Instance, Quiet);
                breakOff(remote);
                break;
        }
    }

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));
        Context.System.EventStream.Subscribe(Self, typeof(DisassociatedEvent));
    }

    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

    private sealed class QuietIsOver
    {
        public static readonly QuietIsOver Instance = new();
    }
}
