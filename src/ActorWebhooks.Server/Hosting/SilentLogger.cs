using Akka.Event;

namespace ActorWebhooks.Server.Hosting;

/// <summary>
/// Instead of the logger that Akka writes to standard output with, also when it is told not to, after it has stopped all others.
/// </summary>
internal sealed class SilentLogger : MinimalLogger
{
    protected override void Log(object message)
    {
    }
}
