using System.Collections.Immutable;
using ActorWebhooks.Configuration;
using ActorWebhooks.Connections;
using ActorWebhooks.Delivery;
using ActorWebhooks.Delivery.NameResolution;
using ActorWebhooks.Ownership;
using ActorWebhooks.Routing;
using ActorWebhooks.Telemetry;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Hosting;

/// <summary>What a node starts with, whether its webhooks are its own or those of a cluster: checked, and nothing started yet.</summary>
internal sealed class WebhooksNode
{
    private readonly ActorSystem _system;

    private readonly ImmutableArray<string> _warnings;

    private WebhooksNode(
        ActorSystem system, WebhooksSettings settings, ImmutableArray<WebhookDefinition> definitions, ImmutableArray<string> warnings, WebhookServices services)
    {
        (_system, _warnings) = (system, warnings);
        (Settings, Definitions, Services, Logic) = (settings, definitions, services, new WebhookRoutingLogic(services.Metrics));
    }

    public WebhooksSettings Settings { get; }

    public ImmutableArray<WebhookDefinition> Definitions { get; }

    public WebhookServices Services { get; }

    public WebhookRoutingLogic Logic { get; }

    /// <param name="lease">Whether the node may act as the owner of its webhooks.</param>
    /// <exception cref="WebhookConfigurationException">The options or the webhooks have errors; all are listed.</exception>
    public static WebhooksNode Prepare(ActorSystem system, WebhooksOptions options, INodeLease lease)
    {
        system.Settings.InjectTopLevelFallback(Webhooks.ReferenceConfig());
        var settings = WebhooksSettings.Create(system.Settings.Config, options);
        var configuration = Load(settings);
        ImmutableArray<string> warnings = [.. configuration.Warnings.Select(warning => warning.ToString())];
        WarningLog.Write(system.Log, warnings);
        foreach (var id in UnmatchedWebhooks.Find(configuration.Webhooks, [.. options.EventTypes]))
            system.Log.Warning("Webhook {0}: its patterns match none of the event types that the application registered", id);

        var metrics = new WebhookMetrics();
        var connections = settings.Connections;
        var transport = options.HttpHandlerOf is { } handlerOf
            ? new HttpTransport(handlerOf)
            : new HttpTransport(
                connections.Max,
                settings.ConnectionLifetime,
                settings.IdleConnectionLifetime,
                new NameResolver(NameResolver.System, settings.NameResolution, options.Time, metrics),
                settings.Egress.Rules,
                settings.Egress.Proxy);
        var gate = new ConnectionGate(connections.Max, connections.SlowAfter, options.Time);
        system.RegisterOnTermination(transport.Dispose);
        system.RegisterOnTermination(gate.Dispose);
        system.RegisterOnTermination(metrics.Dispose);
        return new WebhooksNode(system, settings, configuration.Webhooks, warnings, new WebhookServices(
            transport, gate, options.Time, options.Random, metrics, new NodeOwner(NameOf(system), lease)));
    }

    /// <summary>Starts the router, and behind it the webhooks.</summary>
    /// <exception cref="InvalidOperationException">There is a router in the actor system already.</exception>
    public IActorRef Start(IWebhookStarter starter)
    {
        var supervisor = new SupervisorSettings(
            Settings.ConfigText is null ? Settings.ConfigFile : null,
            Settings.AllowEmptyFile,
            Settings.ReloadQuietTime,
            Settings.DrainTimeout,
            Settings.Routing);
        var (logic, metrics) = (Logic, Services.Metrics);
        var webhooks = new RunningWebhooks(Definitions) { Warnings = _warnings };
        _system.RegisterOnTermination(logic.Abandon);
        var config = new WebhookRouterConfig(logic, () => new WebhookSupervisor(supervisor, starter, webhooks, logic, metrics));
        try
        {
            return _system.ActorOf(Props.Empty.WithRouter(config), Webhooks.RouterName);
        }
        catch (InvalidActorNameException e)
        {
            throw new InvalidOperationException(
                $"Webhooks run in the actor system {_system.Name} already; put all of them into one configuration and start it once.", e);
        }
    }

    private static string NameOf(ActorSystem system)
    {
        var address = ((ExtendedActorSystem)system).Provider.DefaultAddress;

        // Containers of one machine may all be its process 1.
        var process = $"process {Environment.ProcessId} on {Environment.MachineName}, {Guid.NewGuid():N}";
        return address.HasGlobalScope ? $"{process} ({address})" : process;
    }

    private static ConfigurationResult Load(WebhooksSettings settings)
    {
        var result = settings.ConfigText is { } text
            ? WebhookFile.Parse(text, nameof(WebhooksOptions.ConfigText))
            : WebhookFile.Load(settings.ConfigFile!, settings.AllowEmptyFile);
        return result.IsValid
            ? result
            : throw new WebhookConfigurationException([.. result.Errors.Select(error => error.ToString())]);
    }
}
