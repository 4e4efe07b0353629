using Akka.Actor;

namespace ActorWebhooks.Benchmarks.Routing;

/// <summary>Does nothing with what it is told, but for saying, when asked, that all before has been seen.</summary>
internal sealed class IgnoringActor : UntypedActor
{
    public static readonly object AreYouDone = new();

    protected override void OnReceive(object message)
    {
        if (message == AreYouDone)
            Sender.Tell(message);
    }
}
