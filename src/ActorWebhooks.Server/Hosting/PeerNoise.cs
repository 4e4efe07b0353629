namespace ActorWebhooks.Server.Hosting;

/// <summary>
/// For each message of another node that it cannot read, Akka.Remote writes a line with a stack trace, and a peer can send many: this lets it be
/// heard every ten seconds.
/// </summary>
internal sealed class PeerNoise(TimeProvider time)
{
    // Internal to Akka.Remote.
    private const string Reader = "EndpointReader";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private long? _last;

    /// <param name="source">Who writes the line.</param>
    public bool IsHeard(Type? source)
    {
        if (source?.Name != Reader)
            return true;
        if (_last is { } last && time.GetElapsedTime(last) < Interval)
            return false;
        _last = time.GetTimestamp();
        return true;
    }
}
