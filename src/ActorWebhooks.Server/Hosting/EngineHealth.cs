using ActorWebhooks.Routing;
using ActorWebhooks.Server.Api.Health;
using Akka.Actor;
using Akka.Hosting;

namespace ActorWebhooks.Server.Hosting;

/// <summary>The engine is ready from when it has started until it stops, as long as it answers.</summary>
internal sealed class EngineHealth(ActorSystem system, IReadOnlyActorRegistry registry) : INodeHealth
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async ValueTask<NodeHealth> CheckAsync()
    {
        if (CoordinatedShutdown.Get(system).ShutdownReason is not null)
            return NodeHealth.NotReady("The node is stopping.");
        if (!registry.TryGet<WebhookRouter>(out var router))
            return NodeHealth.NotReady("The node is starting.");
        try
        {
            var found = await router.Ask<NodeWarnings>(new GetWarnings(), Patience);
            return found.Warnings.IsEmpty ? NodeHealth.Ready : new NodeHealth { Warnings = [Summary(found.Warnings.Length)] };
        }
        catch (AskTimeoutException)
        {
            return NodeHealth.NotReady("The webhooks do not answer.");
        }
    }

    // What they say is for those who have the key.
    private static string Summary(int warnings) => $"The configuration needs a look ({warnings}): the log and /api/webhooks say what is wrong.";
}
