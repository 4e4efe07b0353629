using System.Collections.Immutable;
using ActorWebhooks.Server.Tests.Durability.Rules;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Durability.Harness;

/// <summary>A server under load, with producers before it and endpoints behind it that outlive it.</summary>
internal sealed class Traffic : IAsyncDisposable
{
    private const int Producers = 3;

    private readonly Folder _folder = new();
    private readonly Endpoints _endpoints;
    private readonly RecordingReceiver _receiver;
    private readonly ImmutableArray<Producer> _producers;
    private readonly Task _load;
    private readonly CancellationTokenSource _stop = new();
    private volatile KillSwitch? _switch;

    private Traffic(int seed, Endpoints endpoints, RecordingReceiver receiver, IReadOnlyList<string> arguments)
    {
        _endpoints = endpoints;
        _receiver = receiver;
        Server = new KilledServer(["--config", _folder.Write("webhooks.toml", Endpoints.ToToml(receiver.UrlOf)), .. arguments]);
        _producers = [.. Enumerable.Range(0, Producers).Select(i => new Producer(i, seed + i, Server, () => _switch?.Accepted()))];
        _load = Task.WhenAll(_producers.Select(producer => Task.Run(() => producer.RunAsync(_stop.Token))));
    }

    public KilledServer Server { get; }

    /// <param name="arguments">Of the server: where it keeps its events.</param>
    public static async Task<Traffic> StartAsync(int seed, IReadOnlyList<string> arguments)
    {
        Traffic? traffic = null;
        var endpoints = new Endpoints(seed);
        var receiver = await RecordingReceiver.StartAsync(async webhook =>
        {
            var answer = endpoints.AnswerOf(webhook);
            if (answer == Answer.Taken && traffic?._switch is { } watching)
                await watching.AnswerAsync();
            return answer;
        });
        traffic = new Traffic(seed, endpoints, receiver, arguments);
        traffic.Server.Start();
        return traffic;
    }

    /// <summary>Kills the server at a point, and starts it again.</summary>
    public async Task KillAsync(KillPoint point)
    {
        var watching = _switch = new KillSwitch(point);
        await HappensAsync(watching.Pulled);
        await Task.Delay(point.Delay);
        await Server.KillAsync();
        watching.Dead();
        Server.Start();
    }

    /// <summary>Some more requests of producers are accepted.</summary>
    public Task AcceptsAsync(int requests)
    {
        var watching = _switch = new KillSwitch(new(KillKind.Accepted, requests, TimeSpan.Zero));
        return HappensAsync(watching.Pulled);
    }

    /// <summary>A producer is refused.</summary>
    public async Task RefusesAsync()
    {
        var before = Refusals();
        await HappensAsync(Patience.Until(() => Task.FromResult(Refusals()), refusals => refusals > before));
    }

    /// <summary>The producers end, the endpoints are mended, and everything is delivered.</summary>
    public async Task<LoadFindings> FinishAsync()
    {
        await _stop.CancelAsync();
        await _load.Patiently();
        using var api = new WebhooksApi(await Server.UrlAsync());
        var waiting = (await BalancedAsync(api)).Single(account => account.Webhook == Endpoints.Down);
        var lost = NothingIsLost.Broken(HistoryWith([]), await api.RemainderAsync(waiting)).Select(text => $"Before the endpoint came up {text}");

        _endpoints.Mend();
        var accounts = await Patience.Until(() => BalancedAsync(api), accounts => accounts.All(account => account.Waiting == 0));
        var history = HistoryWith([.. await Task.WhenAll(accounts.Select(api.RemainderAsync))]);
        return new(history, [.. lost, .. DeliveryRules.Broken(history), .. _receiver.Faults]);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Server.Dispose();
        await _receiver.DisposeAsync();
        _folder.Dispose();
        _stop.Dispose();
    }

    private static async Task<ImmutableArray<Account>> BalancedAsync(WebhooksApi api)
    {
        var accounts = await api.AccountsAsync();
        Assert.Equal(Endpoints.Webhooks.Order(), accounts.Select(account => account.Webhook).Order());
        Assert.All(accounts, account => Assert.True(account.Balances, $"{account} does not balance."));
        return accounts;
    }

    private int Refusals() => _producers.Sum(producer => producer.Refusals);

    private History HistoryWith(ImmutableArray<Remainder> remainders) =>
        new([.. _producers.SelectMany(producer => producer.Posts)], _receiver.Arrivals, remainders, Server.Killed);

    // What ends by itself fails the test at once.
    private async Task HappensAsync(Task awaited)
    {
        var exited = Server.Process.Exited;
        var first = await Task.WhenAny(awaited, _load, exited).Patiently();
        await first;
        if (first == exited)
            throw KilledServer.EndedByItself();
    }
}
