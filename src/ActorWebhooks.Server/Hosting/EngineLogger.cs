using ActorWebhooks.Server.Storage;
using Akka.Actor;
using Akka.Event;
using Akka.Hosting.Logging;

namespace ActorWebhooks.Server.Hosting;

/// <summary>Brings what Akka logs to the log of the server. (Akka's own log filters do not reach its base class.)</summary>
internal sealed class EngineLogger : LoggerFactoryLogger
{
    private readonly JournalNoise _journal = new(TimeProvider.System);
    private readonly AkkaNoise _noise = new(TimeProvider.System);

    protected override void Log(LogEvent log, ActorPath path)
    {
        if (log is Error && !_journal.IsHeard($"{log.Message}"))
            return;
        if (!_noise.IsHeard(log.LogClass, log.LogLevel(), out var leftOut))
            return;
        if (leftOut > 0)
            base.Log(new Warning(log.LogSource, log.LogClass, $"{leftOut} lines of {log.LogClass.Name} were left out: there were more than 100 in 10 s."), path);
        base.Log(log, path);
    }
}
