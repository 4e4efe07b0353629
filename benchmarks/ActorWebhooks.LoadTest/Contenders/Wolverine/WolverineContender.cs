using JasperFx.CodeGeneration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wolverine;

namespace ActorWebhooks.LoadTest.Contenders.Wolverine;

/// <summary>
/// Wolverine's message batching: events are published to a local queue in memory, gathered into arrays, and each array is handled by one
/// POST. It cuts batches by their number of events, not by their bytes.
/// </summary>
internal sealed class WolverineContender : IContender
{
    private IHost _host = null!;
    private IMessageBus _bus = null!;

    public async Task StartAsync(Target target)
    {
        // An empty builder has no logging and no configuration.
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(new BatchPoster(target));
        builder.UseWolverine(options => Configure(options, target));
        _host = builder.Build();
        await _host.StartAsync();
        _bus = _host.MessageBus();
    }

    public ValueTask SendAsync(string type, SignIn data) => _bus.PublishAsync(HandEvent.Create(type, data));

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private static void Configure(WolverineOptions options, Target target)
    {
        options.ApplicationAssembly = typeof(WolverineContender).Assembly;
        options.Discovery.DisableConventionalDiscovery().IncludeType(typeof(EventBatchHandler));
        // The adapter of the handler is in the folder Generated, so nothing is compiled at run time. TypeLoadMode.Auto, without that file
        // and with the package WolverineFx.RuntimeCompilation, writes it anew.
        options.CodeGeneration.TypeLoadMode = TypeLoadMode.Static;
        options.Durability.Mode = DurabilityMode.Solo;
        // HttpClient has its timeout; without another one there is no timer for each event.
        options.DefaultExecutionTimeout = Timeout.InfiniteTimeSpan;
        options.Policies.MessageExecutionLogLevel(LogLevel.None);
        options.Policies.MessageSuccessLogLevel(LogLevel.None);

        // Events and batches share the queue, as is Wolverine's default: a second one was no faster, and left batches less full.
        options.BatchMessagesOf<HandEvent>(batching =>
        {
            batching.BatchSize = target.BatchEvents;
            batching.TriggerTime = target.Throttle;
        }).Sequential().TelemetryEnabled(false);
    }
}
