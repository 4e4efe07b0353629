using System.Collections.Immutable;
using System.Net;
using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Clustering.Rules;
using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Durability.Rules;
using ActorWebhooks.Server.Tests.Testing;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Clustering.FaultRuns;

/// <summary>Two servers that are not of one cluster run on one database by mistake. The one that started last is to go on alone.</summary>
internal sealed class TwoServers : IAsyncDisposable
{
    private const int NameOfSecond = 100;
    private const int MostTold = 5;

    private static readonly TimeSpan Before = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan Alone = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MostSilence = TimeSpan.FromSeconds(10);

    // How long an answer may be on its way whose events were taken before the second one took any.
    private static readonly TimeSpan TimeOfAnswer = TimeSpan.FromSeconds(5);

    private readonly Folder _folder = new();
    private readonly RecordingReceiver _receiver;
    private readonly KilledServer _first;
    private readonly KilledServer _second;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Sender> _senders = [];
    private readonly List<Task> _load = [];

    private TwoServers(RecordingReceiver receiver, IReadOnlyList<string> ofFirst, IReadOnlyList<string> ofSecond)
    {
        _receiver = receiver;
        string[] config = ["--config", _folder.Write("webhooks.toml", Hooks.ToToml(receiver.UrlOf))];
        _first = new KilledServer([.. config, .. ofFirst]);
        _second = new KilledServer([.. config, .. ofSecond]) { FirstName = NameOfSecond };
    }

    /// <param name="ofFirst">Where the first server keeps its events.</param>
    /// <param name="ofSecond">The same place, for the second.</param>
    /// <param name="between">Is done before the second starts.</param>
    public static async Task<FaultReport> RunAsync(
        IReadOnlyList<string> ofFirst, IReadOnlyList<string> ofSecond, ITestOutputHelper output, Action? between = null)
    {
        var receiver = await RecordingReceiver.StartAsync(async _ =>
        {
            await Task.Delay(5);
            return Answer.Taken;
        });
        await using var servers = new TwoServers(receiver, ofFirst, ofSecond);
        var report = await servers.RunAsync(output, between);
        report.Tell(output, () => $"===== first\n{servers._first.Errors}\n===== second\n{servers._second.Errors}");
        return report;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _first.Dispose();
        _second.Dispose();
        await Task.WhenAll(_load).Patiently();
        await _receiver.DisposeAsync();
        _folder.Dispose();
        _stop.Dispose();
    }

    private async Task<FaultReport> RunAsync(ITestOutputHelper output, Action? between)
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        await BeginAsync(_first);
        await Task.Delay(Before);
        var linesBefore = _first.Process.Error.Lines.Count;
        var at = _receiver.Clock.Tick();
        between?.Invoke();
        await BeginAsync(_second);
        var together = _receiver.Clock.Tick();
        var fault = new Fault(_first.Name, at, together);
        await Task.Delay(Together);

        await Patience.Until(() => ReadyAsync(_first), ready => ready.Status == HttpStatusCode.ServiceUnavailable || _first.Process.Exited.IsCompleted);
        problems.AddRange(await ProblemsOfFirstAsync(linesBefore));

        // On a machine that has too much to do it may have been slow to take over.
        await Patience.Until(() => ReadyAsync(_second), ready => ready.Status == HttpStatusCode.OK);
        if (!_first.Process.Exited.IsCompleted)
            output.WriteLine($"the first server ended with {await _first.StopAsync()}");
        await Task.Delay(Alone);

        var ended = _receiver.Clock.Tick();
        await _stop.CancelAsync();
        await Task.WhenAll(_load).Patiently();
        var drained = await Drained.WaitAsync(_second.UrlAsync, Hooks.Ids);
        var seen = new Observation(
            [.. _senders.SelectMany(sender => sender.Posts)],
            [.. _receiver.Arrivals.OrderBy(arrival => arrival.Begun)],
            drained.Remainders,
            fault,
            together,
            ended);
        var late = CountLate(seen.Posts);
        if (late > 0)
            problems.Add($"The server that started first accepted {late} requests for webhooks that the second had taken over {TimeOfAnswer.TotalSeconds} s before.");
        return FaultReport.Of(
            [.. Hooks.Ids.Select(id => WebhookFigures.Of(id, seen))],
            MostSilence,
            [.. problems, .. Hooks.Ids.SelectMany(id => OrderAcrossNodes.Broken(seen, id)).Take(MostTold), .. drained.Problems, .. _receiver.Faults]);
    }

    // When the second one has taken over depends on the machine; who has taken over is alone from then on.
    private int CountLate(ImmutableArray<SentPost> posts)
    {
        var taken = posts.Where(sent => sent is { Life: >= NameOfSecond, Accepted: not null })
            .GroupBy(sent => sent.Webhook ?? "")
            .ToDictionary(sent => sent.Key, sent => sent.Min(post => post.Accepted!.Value));
        return posts.Count(sent => sent.Life == _first.Name
            && sent.Accepted is { } at
            && taken.TryGetValue(sent.Webhook ?? "", out var takenAt)
            && takenAt.Until(at) > TimeOfAnswer);
    }

    // Its load is moderate: one sender for each webhook, and one for all.
    private async Task BeginAsync(KilledServer server)
    {
        server.Start();
        await ServerCluster.IsReadyAsync(server);
        foreach (var webhook in (IEnumerable<string?>)[null, .. Hooks.Ids])
        {
            var sender = new Sender(_senders.Count, webhook, 5, ClusterSetup.Shipped.PauseOfNarrow, server, _receiver.Clock);
            _senders.Add(sender);
            _load.Add(Task.Run(() => sender.RunAsync(_stop.Token)));
        }
    }

    private async Task<IReadOnlyList<string>> ProblemsOfFirstAsync(int linesBefore)
    {
        if (_first.Process.Exited.IsCompleted)
            return [$"The server that started first has ended with {_first.Process.ExitCode}."];
        var problems = new List<string>();
        if ((await ReadyAsync(_first)).Status != HttpStatusCode.ServiceUnavailable)
            problems.Add("The server that started first is still ready.");
        if (OwnershipLines.Of(_first.Process, linesBefore).Count == 0)
            problems.Add("The server that started first did not say that another one goes on.");
        return problems;
    }

    private static async Task<(HttpStatusCode Status, string Reason)> ReadyAsync(KilledServer server)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(await server.UrlAsync(), "/health/ready"));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
