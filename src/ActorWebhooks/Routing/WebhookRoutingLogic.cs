using ActorWebhooks.Publishing;
using ActorWebhooks.Telemetry;
using Akka.Routing;

namespace ActorWebhooks.Routing;

/// <summary>
/// Finds the webhooks of an event, on the thread of whoever sends it. Before the first table is there, messages are held back in
/// order; then they are routed; after <see cref="Close"/> they are refused.
/// </summary>
internal sealed class WebhookRoutingLogic : RoutingLogic
{
    private readonly StartGate _gate;
    private readonly RefusingRoute _closed;
    private readonly OpenReceipts _receipts = new();
    private Routee _current;

    public WebhookRoutingLogic(WebhookMetrics metrics)
    {
        _gate = new StartGate(new RefusingRoute(RefusalReason.NodeFull, metrics));
        _closed = new RefusingRoute(RefusalReason.Stopping, metrics);
        _current = _gate;
    }

    /// <summary>Whether a message is for the webhooks, and not for the router itself.</summary>
    public static bool IsForWebhooks(object message) => message is WebhookEvent or WebhookEvents or Publication;

    public override Routee Select(object message, Routee[] routees)
    {
        if (message is Publication publication)
            _receipts.Add(publication);
        var current = Volatile.Read(ref _current);
        return current is RoutingTable table && message is WebhookEvent e ? table.RouteOf(e) : current;
    }

    /// <summary>Routes by <paramref name="table"/> from now on; what was held back goes first. Does nothing once closed.</summary>
    public void Open(RoutingTable table)
    {
        var before = Volatile.Read(ref _current);
        if (before == _closed)
            return;
        _gate.Open(table);
        Interlocked.CompareExchange(ref _current, table, before);
    }

    /// <summary>Refuses everything from now on.</summary>
    public void Close()
    {
        Volatile.Write(ref _current, _closed);
        _gate.Open(_closed);
    }

    /// <summary>Closes, and answers those who wait for webhooks that are no more.</summary>
    public void Abandon()
    {
        Close();
        _receipts.Abandon();
    }
}
