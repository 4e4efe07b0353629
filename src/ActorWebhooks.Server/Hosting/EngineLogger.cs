using ActorWebhooks.Server.Storage;
using Akka.Actor;
using Akka.Event;
using Akka.Hosting.Logging;

namespace ActorWebhooks.Server.Hosting;

/// <summary>Brings what Akka logs to the log of the server. (Akka's own log filters do not reach its base class.)</summary>
internal sealed class EngineLogger : LoggerFactoryLogger
{
    private readonly JournalNoise _journal = new(TimeProvider.System);
    private readonly PeerNoise _peers = new(TimeProvider.System);

    protected override void Log(LogEvent log, ActorPath path)
    {
        var isHeard = log switch
        {
            Error => _journal.IsHeard($"{log.Message}"),
            Warning => _peers.IsHeard(log.LogClass),
            _ => true,
        };
        if (isHeard)
            base.Log(log, path);
    }
}
