using System.Buffers;
using System.Globalization;
using ActorWebhooks.LoadTest.Receiving;
using Akka.Actor;

namespace ActorWebhooks.LoadTest.Contenders.Hop;

/// <summary>The least that an entity can do with events: looks which there are.</summary>
internal sealed class CountingEntity(string id, OrderedArrivals arrivals) : UntypedActor
{
    private readonly int _webhook = int.Parse(id, CultureInfo.InvariantCulture);
    private readonly EventScanner _scanner = new();
    private readonly List<long> _sentAt = [];

    protected override void OnReceive(object message)
    {
        if (message is not Envelope envelope)
            return;
        _sentAt.Clear();
        _scanner.Scan(new ReadOnlySequence<byte>(envelope.Events), _sentAt.Add);
        _scanner.End(_sentAt.Add);
        arrivals.Add(_webhook, _sentAt, envelope.Events.Length);
    }
}
