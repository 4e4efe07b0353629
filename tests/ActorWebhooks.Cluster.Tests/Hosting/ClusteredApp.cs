using ActorWebhooks.Tests.Testing;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorWebhooks.Cluster.Tests.Hosting;

/// <summary>An application that embeds webhooks of a cluster, as the README shows it.</summary>
internal sealed class ClusteredApp : IAsyncDisposable
{
    /// <summary>Of the nodes that host webhooks.</summary>
    public const string Role = "webhooks";

    private readonly IHost _host;

    private ClusteredApp(IHost host) => _host = host;

    public IActorRef Router => _host.Services.GetRequiredService<IRequiredActor<WebhookRouter>>().ActorRef;

    public IWebhookPublisher Publisher => _host.Services.GetRequiredService<IWebhookPublisher>();

    public ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    private Akka.Cluster.Cluster Cluster => Akka.Cluster.Cluster.Get(System);

    public static async Task<ClusteredApp> StartAsync(Action<AkkaConfigurationBuilder> configure, params string[] roles)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddWebhookPublisher();
        builder.Services.AddAkka("app", akka =>
        {
            akka.ConfigureLoggers(loggers => loggers.ClearLoggers())
                .WithStrictSerialization()
                .WithRemoting("127.0.0.1", 0)
                .WithClustering(new ClusterOptions { Roles = roles })
                .AddHocon("akka.stdout-loglevel = OFF", HoconAddMode.Append);
            configure(akka);
        });
        var host = builder.Build();
        try
        {
            await host.StartAsync();
        }
        catch
        {
            host.Dispose();
            throw;
        }

        return new ClusteredApp(host);
    }

    /// <summary>It is up when this returns.</summary>
    public async Task JoinAsync(ClusteredApp other)
    {
        Cluster.Join(other.Cluster.SelfAddress);
        await Eventually.True(() => Cluster.SelfMember.Status == MemberStatus.Up);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
