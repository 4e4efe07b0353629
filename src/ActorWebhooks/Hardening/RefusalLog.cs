using ActorWebhooks.Text;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Hardening;

/// <summary>Says that a serializer made nothing of what came in: one line in a while, however much that is.</summary>
internal sealed class RefusalLog(ActorSystem system, TimeProvider time)
{
    private const int LongestManifest = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long? _said;
    private int _unsaid;

    /// <param name="e">What the serializer stumbled over.</param>
    public RefusedPayload Refuse(int serializer, string manifest, Exception e)
    {
        var cause = e.GetBaseException();
        return Refuse(serializer, manifest, $"It cannot be read ({cause.GetType().Name}): {cause.Message}");
    }

    /// <param name="manifest">As it came in.</param>
    /// <param name="why">A sentence.</param>
    public RefusedPayload Refuse(int serializer, string manifest, string why)
    {
        if (IsTimeToSay(out var count))
        {
            Logging.GetLogger(system, typeof(RefusalLog)).Warning(
                "Nothing was made of a message or a row with serializer {0} and manifest '{1}' ({2} with this serializer since the line before): {3}",
                serializer,
                OutsideText.Clean(manifest, maxLength: LongestManifest),
                count,
                OutsideText.Clean(why));
        }

        return new RefusedPayload(serializer);
    }

    private bool IsTimeToSay(out int count)
    {
        lock (_gate)
        {
            count = ++_unsaid;
            if (_said is { } said && time.GetElapsedTime(said) < Pause)
                return false;
            (_said, _unsaid) = (time.GetTimestamp(), 0);
            return true;
        }
    }
}
