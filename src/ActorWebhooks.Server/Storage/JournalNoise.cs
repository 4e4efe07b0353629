namespace ActorWebhooks.Server.Storage;

/// <summary>
/// While its database is away, the journal tries to begin about every second and says so three times, with stack traces: this lets it be
/// heard once a minute.
/// </summary>
internal sealed class JournalNoise(TimeProvider time)
{
    private const string Failure = "Failure during SQL Journal initialization";

    // The same failure, as its supervisor and its restart tell it.
    private static readonly string[] Echoes = ["Failed to initialize SQL Journal", "Sql Journal Error on Akka.Persistence.Sql"];

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private long? _last;

    public bool IsHeard(string message)
    {
        if (Array.Exists(Echoes, echo => message.StartsWith(echo, StringComparison.Ordinal)))
            return false;
        if (!message.StartsWith(Failure, StringComparison.Ordinal))
            return true;
        if (_last is { } last && time.GetElapsedTime(last) < Interval)
            return false;
        _last = time.GetTimestamp();
        return true;
    }
}
