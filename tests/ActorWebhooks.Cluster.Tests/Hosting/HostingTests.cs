using ActorWebhooks.Cluster.Hosting;
using ActorWebhooks.Cluster.Tests.Clusters;
using ActorWebhooks.Cluster.Tests.Tls;
using ActorWebhooks.Hardening;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ActorWebhooks.Cluster.Tests.Hosting;

public sealed class HostingTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actor-webhooks-");

    private string ConfigFile => Path.Combine(_folder.FullName, "webhooks.toml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("file")]
    [InlineData("action")]
    [InlineData("options")]
    public async Task Application_gets_its_router_and_publisher_and_an_event_of_one_node_is_delivered_by_the_other(string how)
    {
        await using var receiver = await ClusterReceiver.StartAsync();
        var toml = Toml(receiver);
        await File.WriteAllTextAsync(ConfigFile, toml);
        Action<AkkaConfigurationBuilder> configure = how switch
        {
            "file" => akka => akka.WithShardedWebhooks(ConfigFile, options => options.Role = ClusteredApp.Role),
            "action" => akka => akka.WithShardedWebhooks(options => (options.ConfigText, options.Role) = (toml, ClusteredApp.Role)),
            _ => akka => akka.WithShardedWebhooks(new ShardedWebhooksOptions { ConfigText = toml, Role = ClusteredApp.Role }),
        };
        await using var host = await ClusteredApp.StartAsync(configure, ClusteredApp.Role);
        await host.JoinAsync(host);
        await using var other = await ClusteredApp.StartAsync(configure);
        await other.JoinAsync(host);

        other.Router.Tell(WebhookEvent.Create("all.test", new { }, "told"), ActorRefs.NoSender);
        var receipt = await other.Publisher.PublishAsync(WebhookEvent.Create("all.test", new { }, "published"));

        Assert.Equal((1, true), (receipt.Accepted, receipt.IsAccepted));
        await Eventually.Equal("told published", () => string.Join(' ', receiver.TakenBy("audit")));
    }

    [Fact]
    public async Task File_alone_is_enough_when_all_nodes_host_webhooks()
    {
        await using var receiver = await ClusterReceiver.StartAsync();
        await File.WriteAllTextAsync(ConfigFile, Toml(receiver));
        await using var app = await ClusteredApp.StartAsync(akka => akka.WithShardedWebhooks(ConfigFile));
        await app.JoinAsync(app);

        Assert.True((await app.Publisher.PublishAsync(WebhookEvent.Create("all.test", new { }, "1"))).IsAccepted);

        await Eventually.Equal(1, () => receiver.TakenBy("audit").Count);
    }

    [Fact]
    public async Task Application_that_uses_parts_of_Akka_itself_has_their_serializers_guarded_before_and_after()
    {
        await File.WriteAllTextAsync(ConfigFile, "");
        await using var app = await ClusteredApp.StartAsync(akka => akka
            .WithDistributedPubSub("")
            .WithSingleton<Single>("before", (_, _, _) => Props.Empty, new ClusterSingletonOptions())
            .WithShardedWebhooks(options => (options.ConfigFile, options.AllowEmptyConfigFile) = (ConfigFile, true))
            .WithDistributedData(_ => { })
            .WithClusterClientReceptionist()
            .WithShardRegion<Own>("own", _ => Props.Empty, new WebhookExtractor(1), new ShardOptions()));

        // A message that no serializer of Akka knows is refused by a guard and an exception of anything else.
        var serialization = ((ExtendedActorSystem)app.System).Serialization;
        Assert.All((int[])[5, 9, 11, 12, 13, 14, 15], id => Assert.IsType<RefusedPayload>(serialization.Deserialize([], id, "no such manifest")));
    }

    [Fact]
    public async Task Nodes_with_certificates_deliver_as_one_and_one_with_those_of_others_does_not_join()
    {
        await using var receiver = await ClusterReceiver.StartAsync();
        using var certificates = new NodeCertificates();
        using var others = new NodeCertificates("others");
        var toml = Toml(receiver);
        await using var one = await ClusteredApp.StartAsync(akka => With(akka, certificates, "one"));
        await one.JoinAsync(one);
        await using var other = await ClusteredApp.StartAsync(akka => With(akka, certificates, "other"));
        await other.JoinAsync(one);
        await using var stranger = await ClusteredApp.StartAsync(akka => With(akka, others, "stranger"));
        var joining = stranger.JoinAsync(one);

        Assert.True((await one.Publisher.PublishAsync(WebhookEvent.Create("all.test", new { }, "1"))).IsAccepted);
        Assert.True((await other.Publisher.PublishAsync(WebhookEvent.Create("all.test", new { }, "2"))).IsAccepted);

        await Eventually.Equal("1 2", () => string.Join(' ', receiver.TakenBy("audit")));
        Assert.NotSame(joining, await Task.WhenAny(joining, Task.Delay(TimeSpan.FromSeconds(3))));
        Assert.Equal("akka.ssl.tcp", Akka.Cluster.Cluster.Get(one.System).SelfAddress.Protocol);
        Assert.Equal(2, Akka.Cluster.Cluster.Get(one.System).State.Members.Count);

        void With(AkkaConfigurationBuilder akka, NodeCertificates from, string name)
        {
            var (certificate, key) = from.Issue(name);
            akka.WithClusterTls(certificate, key, from.Authority).WithShardedWebhooks(options => options.ConfigText = toml);
        }
    }

    [Fact]
    public void Files_that_are_no_certificates_are_refused_with_their_names()
    {
        var refused = Assert.Throws<WebhookConfigurationException>(
            () => new AkkaConfigurationBuilder(new ServiceCollection(), "app").WithClusterTls("/no/cert", "/no/key", "/no/ca"));

        Assert.Equal(["certificateFile", "keyFile", "authorityFile"], refused.Errors.Select(error => error.Split(' ')[0]));
    }

    [Fact]
    public async Task Certificates_that_another_port_would_not_use_keep_the_node_from_starting()
    {
        using var certificates = new NodeCertificates();
        var (certificate, key) = certificates.Issue("node");

        var refused = await Assert.ThrowsAsync<WebhookConfigurationException>(() => ClusteredApp.StartAsync(akka => akka
            .WithClusterTls(certificate, key, certificates.Authority)
            .AddHocon("akka.remote.dot-netty.tcp.transport-class = \"Akka.Remote.Transport.DotNetty.TcpTransport, Akka.Remote\"", HoconAddMode.Prepend)
            .WithShardedWebhooks(options => options.ConfigText = "")));

        Assert.Contains("its address begins with akka.tcp: accepted is akka.ssl.tcp.", Assert.Single(refused.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Application_does_not_start_with_settings_or_webhooks_that_have_errors_and_names_them_all()
    {
        var refused = await Assert.ThrowsAsync<WebhookConfigurationException>(() => ClusteredApp.StartAsync(akka => akka
            .AddHocon("actor-webhooks.cluster.shards = none", HoconAddMode.Prepend)
            .WithShardedWebhooks(options => options.ConfigText = "[webhook.a]\nurl = \"ftp://example.com\"\nevents = \"*\"")));

        Assert.Equal(2, refused.Errors.Count);
        Assert.StartsWith("actor-webhooks.cluster.shards = none", refused.Errors[0], StringComparison.Ordinal);
        Assert.StartsWith("ConfigText:2:7: url", refused.Errors[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Profile_is_under_the_settings_of_the_application()
    {
        await using var app = await ClusteredApp.StartAsync(akka => akka
            .WithShardedWebhooks(options => options.ConfigText = "")
            .AddHocon("akka.cluster.split-brain-resolver.stable-after = 7s", HoconAddMode.Prepend));

        var config = app.System.Settings.Config;
        Assert.Equal(TimeSpan.FromSeconds(7), config.GetTimeSpan("akka.cluster.split-brain-resolver.stable-after"));
        Assert.Equal(1024 * 1024, config.GetByteSize("akka.remote.dot-netty.tcp.maximum-frame-size"));
        Assert.Equal(TimeSpan.FromSeconds(20), CoordinatedShutdown.Get(app.System).Timeout(CoordinatedShutdown.PhaseServiceRequestsDone));
    }

    // WithClustering puts Akka's defaults over what it has not been told, and these say by a journal.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_webhooks_live_is_kept_in_memory_whatever_the_application_shards_besides(bool shardsByJournal)
    {
        await using var app = await ClusteredApp.StartAsync(akka =>
        {
            if (shardsByJournal)
            {
                akka.WithShardRegion<Entity>(
                    "entities",
                    _ => Props.Create(() => new Entity()),
                    new EntityExtractor(),
                    new ShardOptions { StateStoreMode = StateStoreMode.Persistence });
            }

            akka.WithShardedWebhooks(options => options.ConfigText = "");
        });

        // Sharding starts it for regions whose state is there.
        Assert.NotNull(await app.System.ActorSelection("/system/sharding/replicator").ResolveOne(Patience));
    }

    [Theory]
    [InlineData(HoconAddMode.Prepend)]
    [InlineData(HoconAddMode.Append)]
    public async Task Hocon_of_the_application_counts_however_it_is_added(HoconAddMode mode)
    {
        var refused = await Assert.ThrowsAsync<WebhookConfigurationException>(() => ClusteredApp.StartAsync(akka => akka
            .WithShardedWebhooks(options => options.ConfigText = "")
            .AddHocon("actor-webhooks.cluster.shards = none", mode)));

        Assert.StartsWith("actor-webhooks.cluster.shards = none", Assert.Single(refused.Errors), StringComparison.Ordinal);
    }

    private static string Toml(ClusterReceiver receiver) => $"""
        [webhook.audit]
        url = "{receiver.UrlOf("audit")}"
        events = "all.*"
        throttle = 0
        """;

    private sealed class Entity : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }

    private sealed class EntityExtractor() : HashCodeMessageExtractor(10)
    {
        public override string? EntityId(object message) => null;
    }

    private sealed class Single;

    private sealed class Own;
}
