using ActorWebhooks.Cluster.Entities;
using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using ActorWebhooks.Matching;

namespace ActorWebhooks.Cluster.Tests.Wire;

/// <summary>What never goes from node to node. Sending it must not cost the connection, as any other exception would.</summary>
public sealed class LocalMessageTests
{
    [Fact]
    public void Commands_that_the_node_itself_gives_do_not_cross()
    {
        var crossing = Samples.All.Values.OfType<CommandForWebhook>().Select(sample => sample.Command.GetType()).ToHashSet();
        var local = typeof(IWebhookCommand).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IWebhookCommand)) && !type.IsInterface && !crossing.Contains(type))
            .OrderBy(type => type.Name, StringComparer.Ordinal);
        IWebhookCommand[] commands = [new DrainWebhook(), new HandOverWebhook(), new LeaseExpired(), new ReconfigureWebhook(Definition)];
        Assert.Equal(local, commands.Select(command => command.GetType()));
        foreach (var command in commands)
        {
            var thrown = Assert.Throws<ArgumentException>(() => Wired.Serializer.ToBinary(new CommandForWebhook("audit", command)));
            Assert.Contains(command.GetType().Name, thrown.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Anything_else_does_not_cross()
    {
        Assert.Throws<ArgumentException>(() => Wired.Serializer.ToBinary("text"));
        Assert.Throws<ArgumentException>(() => Wired.Serializer.Manifest("text"));
        Assert.Throws<ArgumentException>(() => Wired.Serializer.ToBinary(new CommandAnswer("text")));
    }

    private static WebhookDefinition Definition =>
        new() { Id = "audit", Url = new Uri("http://127.0.0.1:9/hook"), Events = [Pattern.Parse("*")] };
}
