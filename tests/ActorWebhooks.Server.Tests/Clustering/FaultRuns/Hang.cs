using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Clustering.Rules;
using ActorWebhooks.Server.Tests.Durability.Harness;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Clustering.FaultRuns;

/// <summary>
/// One server is paused (SIGSTOP) for a time and goes on (SIGCONT). Then the endpoints of half of its webhooks are down for a while, so that
/// what it accepts for them, if it does, is delivered by nobody but the owner.
/// </summary>
internal static class Hang
{
    private const int LinesBesides = 3;

    public static async Task<Disturbance> RunAsync(ServerCluster cluster, int victim, HangTimes times, ITestOutputHelper output)
    {
        output.WriteLine($"node {victim} is paused for {times.Length.TotalSeconds} s");
        var node = cluster.Members[victim];
        var process = node.Process;
        var hosted = Hooks.Ids.Where(id => cluster.Arrivals.LastOrDefault(arrival => arrival.Webhook == id)?.Life == node.Name);
        var halfOfHosted = hosted.Where((_, i) => i % 2 == 0).ToList();
        var fault = await cluster.PauseAsync(victim);
        var linesBefore = process.Error.Lines.Count;
        await Task.Delay(times.Length);
        halfOfHosted.ForEach(cluster.Down.Add);
        var continued = cluster.Clock.Tick();
        await process.ContinueAsync();
        await Task.Delay(times.Down);
        cluster.Down.Mend();
        return new Disturbance(fault, continued)
        {
            Check = seen => Check(seen, process, linesBefore, continued, output),

            // Without a journal, what a node took in itself and could not deliver is lost with it. After it went on it must not take more.
            MayBeLost = sent => cluster.IsInMemory && sent.Life == fault.Life && sent.Accepted < continued,
        };
    }

    private static IEnumerable<string> Check(
        Observation seen, ServerProcess process, int linesBefore, long continued, ITestOutputHelper output)
    {
        var fault = seen.Fault!;
        var moved = Hooks.Ids.Select(id => TakeOver.Of(seen.ArrivalsOf(id), fault)).Where(takeOver => takeOver is not null).ToList();
        var told = OwnershipLines.Of(process, linesBefore);
        var accepted = seen.Posts.Count(sent => sent.Life == fault.Life && sent.Accepted > continued);
        output.WriteLine($"{moved.Count} webhooks moved, after {string.Join(", ", moved.Select(takeOver => fault.At.Until(takeOver!.At).Shown()))}");
        output.WriteLine($"the node that went on accepted {accepted} requests, and said {told.Count} times that it is not the owner any more");

        // A webhook may also move in order, when the node comes back in time.
        if (moved.Count > 0 && moved.Min(takeOver => takeOver!.At) < continued)
        {
            if (told.Count == 0)
                yield return "The node that went on did not say that it is not the owner any more.";
            if (told.Count > moved.Count + LinesBesides)
                yield return $"The node that went on said {told.Count} times that it is not the owner any more, for {moved.Count} webhooks.";
        }
    }
}
