using Akka.Actor;
using BenchmarkDotNet.Attributes;

namespace ActorWebhooks.Benchmarks.Routing;

/// <summary>What <see cref="TellBenchmarks"/> is held beside: one event into one actor that ignores it.</summary>
[MemoryDiagnoser]
public class BareTellBenchmarks
{
    private readonly WebhookEvent _event = TellBenchmarks.CreateEvent("auth.success");
    private ActorSystem _system = null!;
    private IActorRef _actor = ActorRefs.Nobody;

    [GlobalSetup]
    public void Start()
    {
        _system = QuietSystem.Start();
        _actor = _system.ActorOf(Props.Create(() => new IgnoringActor()));
    }

    [GlobalCleanup]
    public Task Stop() => _system.Terminate();

    [Benchmark(OperationsPerInvoke = TellBenchmarks.Events)]
    public async Task Tell()
    {
        for (var i = 0; i < TellBenchmarks.Events; i++)
            _actor.Tell(_event, ActorRefs.NoSender);

        // What waits in the mailbox stays bounded.
        await _actor.Ask<object>(IgnoringActor.AreYouDone);
    }
}
