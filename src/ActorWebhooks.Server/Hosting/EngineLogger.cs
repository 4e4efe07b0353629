using ActorWebhooks.Server.Storage;
using Akka.Actor;
using Akka.Event;
using Akka.Hosting.Logging;

namespace ActorWebhooks.Server.Hosting;

/// <summary>Brings what Akka logs to the log of the server. (Akka's own log filters do not reach its base class.)</summary>
internal sealed class EngineLogger : LoggerFactoryLogger
{
    private readonly JournalNoise _noise = new(TimeProvider.System);

    protected override void Log(LogEvent log, ActorPath path)
    {
        if (log is not Error || _noise.IsHeard($"{log.Message}"))
            base.Log(log, path);
    }
}
