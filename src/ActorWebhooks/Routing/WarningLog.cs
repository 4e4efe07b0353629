using System.Collections.Immutable;
using Akka.Event;

namespace ActorWebhooks.Routing;

/// <summary>Tells the log what a webhook file was taken with, though something else may have been meant.</summary>
internal static class WarningLog
{
    private const int Most = 100;

    public static void Write(ILoggingAdapter log, ImmutableArray<string> warnings)
    {
        for (var i = 0; i < warnings.Length && i < Most; i++)
            log.Warning("{0}", warnings[i]);
        if (warnings.Length > Most)
            log.Warning("{0} more warnings of the webhook file are not shown", warnings.Length - Most);
    }
}
