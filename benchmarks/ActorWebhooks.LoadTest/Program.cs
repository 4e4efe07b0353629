using System.Text.Json;
using ActorWebhooks.LoadTest;
using ActorWebhooks.LoadTest.Receiving;
using ActorWebhooks.LoadTest.Running;

using var stop = new CancellationTokenSource();
switch (args)
{
    case ["receiver", var countFile]:
        await Receiver.RunAsync(countFile, stop.Token);
        return 0;
    case ["contender", var plan, var url, var countFile]:
        await ContenderRun.RunAsync(JsonSerializer.Deserialize(plan, LoadJson.Default.LoadPlan)!, new Uri(url), countFile);
        return 0;
    case ["try", .. var names]:
        await using (var receiver = await ReceiverProcess.StartAsync())
        {
            foreach (var name in names)
            {
                var r = await LoadRun.RunAsync(new LoadPlan { Contender = name }, receiver, name, stop.Token);
                Console.WriteLine($"{name,-26} {r.EventsPerSecond,12:N0}/s cpu/M {r.CpuPerMillion:0.00} recv {r.ReceiverCpuSeconds:0.00} alloc {r.AllocatedPerEvent:0} peak {r.PeakBytes >> 20} MB gc {r.Gen0}/{r.Gen1}/{r.Gen2} req {r.Arrived!.Requests} b/e {r.Arrived.Bytes / (double)r.Arrived.Events:0.0} p50 {r.Arrived.P50:0.00} p99 {r.Arrived.P99:0.00}");
            }
        }
        return 0;
}
return 2;
