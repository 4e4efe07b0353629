using Akka.Actor;

namespace ActorWebhooks.Benchmarks.Routing;

/// <summary>An actor system that logs nothing.</summary>
internal static class QuietSystem
{
    public static ActorSystem Start() => ActorSystem.Create("benchmark", "akka { loglevel = OFF, stdout-loglevel = OFF }");
}
