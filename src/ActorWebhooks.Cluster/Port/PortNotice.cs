using Akka.Event;

namespace ActorWebhooks.Cluster.Port;

/// <summary>Says that connections were refused, or messages dropped: one line in a while, however many they are.</summary>
/// <param name="sentence">With the peer, a number and a reason.</param>
internal sealed class PortNotice(ILoggingAdapter log, TimeProvider time, string sentence)
{
    public const string ConnectionRefused = "A connection from {0} to the port of the cluster was refused ({1} since the line before): {2}";
    public const string MessageDropped = "A message from {0} was dropped at the port of the cluster ({1} since the line before): {2}";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long? _said;
    private int _unsaid;

    /// <param name="why">A part of a sentence.</param>
    public void Say(string peer, string why)
    {
        int count;
        lock (_gate)
        {
            _unsaid++;
            if (_said is { } said && time.GetElapsedTime(said) < Pause)
                return;
            (_said, count, _unsaid) = (time.GetTimestamp(), _unsaid, 0);
        }

        log.Warning(sentence, peer, count, why);
    }
}
