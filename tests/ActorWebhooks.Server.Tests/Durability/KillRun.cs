using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Durability.Rules;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Durability;

/// <summary>Kills a server again and again under load, at instants drawn from a seed.</summary>
internal static class KillRun
{
    // What the last life takes, besides what the killed ones left.
    private const int RequestsAfterTheLastKill = 20;

    private const int MostTold = 20;

    /// <returns>The rules that were broken.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<string> arguments, int kills, ITestOutputHelper output)
    {
        var seed = Seed.Next();
        output.WriteLine($"{Seed.Variable}={seed}");
        await using var traffic = await Traffic.StartAsync(seed, arguments);
        try
        {
            foreach (var point in KillPoint.Draw(new Random(seed), kills))
            {
                output.WriteLine($"life {traffic.Server.Life} ends at {point}");
                await traffic.KillAsync(point);
            }

            await traffic.AcceptsAsync(RequestsAfterTheLastKill);
            var (history, broken) = await traffic.FinishAsync();
            output.WriteLine(Describe(history));
            foreach (var text in broken.Take(MostTold))
                output.WriteLine(text);
            return broken;
        }
        catch (Exception)
        {
            output.WriteLine(traffic.Server.Errors);
            throw;
        }
    }

    private static string Describe(History history) =>
        $"{history.Killed.Count} kills, {history.Posts.Sum(post => post.Count)} events in {history.Posts.Length} requests, "
        + $"{history.Posts.Sum(post => post.Cuts)} cut, {history.Posts.Sum(post => post.Refusals)} refused; {history.Arrivals.Length} arrivals: "
        + string.Join(", ", history.Arrivals.GroupBy(a => (a.Webhook, a.Answer)).Select(g => $"{g.Key.Webhook} {g.Key.Answer} {g.Count()}"));
}
