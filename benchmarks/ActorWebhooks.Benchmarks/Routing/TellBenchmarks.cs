using ActorWebhooks.Benchmarks.Events;
using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;
using ActorWebhooks.Routing;
using Akka.Actor;
using BenchmarkDotNet.Attributes;

namespace ActorWebhooks.Benchmarks.Routing;

/// <summary>
/// What it costs to tell the router one event, until the webhooks that listen have taken it into their outboxes. Nothing is sent: the
/// throttle window never ends. The webhooks are lossy and full, so each event that comes in also drives the oldest out.
/// </summary>
[MemoryDiagnoser]
public class TellBenchmarks
{
    public const int Events = 5_000;

    private const int MostWebhooks = 100;
    private const long OutboxBytes = 4 * 1024 * 1024;

    private ActorSystem _system = null!;
    private IActorRef _router = ActorRefs.Nobody;
    private WebhookEvent _event = null!;
    private ToWebhook[] _questions = [];
    private long _told;

    /// <summary>How many webhooks listen; with 0 the type matches none.</summary>
    [Params(0, 1, 10, 100)]
    public int FanOut { get; set; }

    public static WebhookEvent CreateEvent(string type) => WebhookEvent.Create(type, SignIn.Example, SignInJson.Default.SignIn);

    [GlobalSetup]
    public async Task Start()
    {
        _system = QuietSystem.Start();
        _router = Webhooks.Start(_system, new WebhooksOptions
        {
            ConfigText = string.Join('\n', Enumerable.Range(0, MostWebhooks).Select(Section)),
            HttpHandlerOf = _ => new AcceptingHandler(),
            OutboxMaxBytes = OutboxBytes,
            OutboxMaxNodeBytes = 4 * MostWebhooks * OutboxBytes,
        });
        _event = CreateEvent(FanOut == 0 ? "unheard.of" : "auth.success");
        _questions = [.. Enumerable.Range(0, FanOut).Select(i => new ToWebhook(IdOf(i), new GetStatus()))];
        await AskForAccepted();
        for (var fill = 0L; fill <= OutboxBytes; fill += Events * OutboxBudget.CostOf(_event))
            await Tell();
    }

    [GlobalCleanup]
    public async Task Stop()
    {
        var accepted = await AskForAccepted();
        await _system.Terminate();
        if (accepted != _told * FanOut)
            throw new InvalidOperationException($"{_told} events were told to {FanOut} webhooks, which accepted {accepted}.");
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public async Task<long> Tell()
    {
        for (var i = 0; i < Events; i++)
            _router.Tell(_event, ActorRefs.NoSender);
        _told += Events;

        // What waits in the mailboxes stays bounded.
        return await AskForAccepted();
    }

    private async Task<long> AskForAccepted()
    {
        var statuses = await Task.WhenAll(_questions.Select(question => _router.Ask<WebhookStatus>(question)));
        return statuses.Sum(status => status.Accepted);
    }

    private static string IdOf(int webhook) => $"webhook-{webhook}";

    private string Section(int webhook) => $"""
        [webhook."{IdOf(webhook)}"]
        url = "http://localhost/"
        events = "{(webhook < FanOut ? "auth.*" : "smtp.*")}"
        throttle = "1h"
        lossy = true
        """;
}
