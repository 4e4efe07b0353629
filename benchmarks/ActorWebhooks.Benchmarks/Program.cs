using ActorWebhooks.Benchmarks;
using BenchmarkDotNet.Running;

if (args is ["--smoke"])
    return Smoke.Run();

BenchmarkSwitcher.FromAssembly(typeof(Smoke).Assembly).Run(args);
return 0;
