using LogLevel = Akka.Event.LogLevel;

namespace ActorWebhooks.Server.Hosting;

/// <summary>
/// Akka writes a line, as a rule with a stack trace, for each message of another node that it cannot read or does not expect, and a peer can send
/// many. Each class of Akka is heard a hundred times in ten seconds; then it is told how many lines were left out.
/// </summary>
internal sealed class AkkaNoise(TimeProvider time)
{
    private const int Most = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    // The classes of Akka that write are some hundred.
    private readonly Dictionary<(Type Source, LogLevel Level), Window> _windows = [];

    /// <param name="leftOut">How many lines of this class were left out, when it is heard again.</param>
    public bool IsHeard(Type? source, LogLevel level, out int leftOut)
    {
        leftOut = 0;
        if (source?.Assembly.GetName().Name?.StartsWith("Akka", StringComparison.Ordinal) != true)
            return true;
        if (!_windows.TryGetValue((source, level), out var window) || time.GetElapsedTime(window.Since) >= Interval)
        {
            leftOut = Math.Max(0, (window?.Lines ?? 0) - Most);
            _windows[(source, level)] = window = new Window(time.GetTimestamp());
        }

        return ++window.Lines <= Most;
    }

    private sealed class Window(long since)
    {
        public long Since => since;

        public int Lines { get; set; }
    }
}
