using ActorWebhooks.Outbox;
using ActorWebhooks.Publishing;
using Akka.Actor;
using Akka.Routing;

namespace ActorWebhooks.Routing;

/// <summary>
/// Holds messages back in the short time between the making of the router and its first table. A lock, as in Akka's own cells that
/// have not started yet: it is what keeps the order of each sender across the change.
/// </summary>
internal sealed class StartGate(Routee whenFull) : Routee
{
    private const long MaxBytes = 64 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<(object Message, IActorRef Sender)> _heldBack = new();
    private Routee? _next;
    private long _bytes;

    public override void Send(object message, IActorRef sender)
    {
        Routee? next;
        lock (_lock)
        {
            next = _next ?? ((_bytes += CostOf(message)) > MaxBytes ? whenFull : null);
            if (next is null)
                _heldBack.Enqueue((message, sender));
        }

        next?.Send(message, sender);
    }

    /// <summary>Sends what was held back to <paramref name="next"/>, and all that still comes here. Only the first call counts.</summary>
    public void Open(Routee next)
    {
        lock (_lock)
        {
            if (_next is not null)
                return;
            while (_heldBack.TryDequeue(out var held))
                next.Send(held.Message, held.Sender);
            _next = next;
        }
    }

    private static long CostOf(object message) => message switch
    {
        WebhookEvent e => OutboxBudget.CostOf(e),
        WebhookEvents many => many.Events.Sum(OutboxBudget.CostOf),
        Publication publication => publication.Events.Sum(OutboxBudget.CostOf),
        _ => OutboxBudget.Overhead,
    };
}
