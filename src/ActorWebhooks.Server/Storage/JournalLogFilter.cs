using Akka.Event;

namespace ActorWebhooks.Server.Storage;

/// <summary>
/// While its database is away, the journal tries to begin about every second and says so three times, with stack traces: here it is heard
/// once a minute.
/// </summary>
internal sealed class JournalLogFilter(TimeProvider time) : LogFilterBase
{
    private const string Failure = "Failure during SQL Journal initialization";

    // The same failure, as its supervisor and its restart tell it.
    private static readonly string[] Echoes = ["Failed to initialize SQL Journal", "Sql Journal Error on Akka.Persistence.Sql"];

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private long? _last;

    public override LogFilterType FilterType => LogFilterType.Content;

    public override LogFilterDecision ShouldKeepMessage(LogEvent content, string? expandedMessage = null)
    {
        var message = expandedMessage ?? content.ToString();
        if (Array.Exists(Echoes, echo => message.StartsWith(echo, StringComparison.Ordinal)))
            return LogFilterDecision.Drop;
        if (!message.StartsWith(Failure, StringComparison.Ordinal))
            return LogFilterDecision.Keep;
        if (_last is { } last && time.GetElapsedTime(last) < Interval)
            return LogFilterDecision.Drop;
        _last = time.GetTimestamp();
        return LogFilterDecision.Keep;
    }
}
