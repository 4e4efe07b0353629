using System.Net;
using ActorWebhooks.Cluster.Port;
using ActorWebhooks.Cluster.Tests.Tls;
using ActorWebhooks.Cluster.Tls;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace ActorWebhooks.Cluster.Tests.Port;

/// <summary>An actor system with the port of a cluster, or with that of Akka.Remote, and an actor in it that answers with what it is told.</summary>
internal sealed class PortNode : IAsyncDisposable
{
    public static readonly string Class = $"{typeof(PortTransport).FullName}, {typeof(PortTransport).Assembly.GetName().Name}";

    private PortNode(ActorSystem system) => System = system;

    public ActorSystem System { get; }

    public Address Address => ((ExtendedActorSystem)System).Provider.DefaultAddress;

    public IPEndPoint EndPoint => new(IPAddress.Loopback, Address.Port!.Value);

    public static PortNode Start(ClusterTls? tls = null, string hocon = "") => Start(
        tls is null ? [] : [new ClusterTlsSetup(tls)], $"{hocon}\nakka.remote.dot-netty.tcp.transport-class = \"{Class}\"");

    /// <summary>With whatever it is set up with.</summary>
    public static PortNode Start(Setup[] setups, string hocon)
    {
        var config = ConfigurationFactory.ParseString($$"""
            akka {
              loglevel = OFF
              stdout-loglevel = OFF
              actor.provider = remote
              coordinated-shutdown.exit-clr = off
              remote { retry-gate-closed-for = 200ms, dot-netty.tcp { hostname = 127.0.0.1, port = 0, maximum-frame-size = 1MiB } }
            }
            {{hocon}}
            """);
        var system = ActorSystem.Create("node", setups.Aggregate(ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config)), (all, setup) => all.And(setup)));
        system.ActorOf(Props.Create(() => new Echo()), "echo");
        return new PortNode(system);
    }

    public static ClusterTls TlsOf(NodeCertificates certificates, string name = "node", string? authority = null, params string[] uses)
    {
        var (certificate, key) = certificates.Issue(name, uses: uses);
        return TlsOf(certificate, key, authority ?? certificates.Authority);
    }

    public static ClusterTls TlsOf(string certificate, string key, string authority)
    {
        var errors = new List<string>();
        var tls = ClusterTlsReader.Read(new(new("cert", certificate), new("key", key), new("ca", authority)), errors);
        Assert.Empty(errors);
        return tls!;
    }

    /// <summary>What the actor of another node answers; null when nothing comes.</summary>
    /// <param name="as">How the address of the other begins; default as it says.</param>
    public async Task<string?> AskAsync(PortNode other, string text, TimeSpan? patience = null, string? @as = null)
    {
        var address = other.Address.WithProtocol(@as ?? other.Address.Protocol);
        try
        {
            return await System.ActorSelection($"{address}/user/echo").Ask<string>(text, patience ?? TimeSpan.FromSeconds(20));
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync() => await System.Terminate();

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell($"{message}!");
    }
}
