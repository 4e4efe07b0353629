using System.Collections.Immutable;
using System.Net;
using ActorWebhooks.Server.Tests.Clustering.Rules;
using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Durability.Postgres;
using ActorWebhooks.Server.Tests.Durability.Rules;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Clustering.Harness;

/// <summary>Three servers that are one cluster on one PostgreSQL, with senders before them and a receiver behind them that outlive them.</summary>
internal sealed class ServerCluster : IAsyncDisposable
{
    public const int Nodes = 3;

    private const int LivesOfNode = 100;
    private const int EventsThatFlow = 10;

    private static readonly TimeSpan WorkOfReceiver = TimeSpan.FromMilliseconds(5);

    private readonly Folder _folder = new();
    private readonly ClusterSetup _setup;
    private readonly PostgresDatabase? _database;
    private readonly RecordingReceiver _receiver;
    private readonly DownEndpoints _down;
    private readonly Network? _network;
    private readonly ImmutableArray<KilledServer> _nodes;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Fault> _faults = [];
    private ImmutableArray<Sender> _senders = [];
    private Task _load = Task.CompletedTask;

    private ServerCluster(
        ClusterSetup setup, PostgresDatabase? database, RecordingReceiver receiver, DownEndpoints down, Addresses addresses, Network? network)
    {
        (_setup, _database, _receiver, _down, _network) = (setup, database, receiver, down, network);
        string[] store = database is null ? ["--in-memory"] : ["--postgres", database.ConnectionString];
        var config = _folder.Write("webhooks.toml", Hooks.ToToml(receiver.UrlOf));
        string[] seeds = [.. Enumerable.Range(0, 2).Select(addresses.Of).SelectMany(seed => (string[])["--seed", $"{seed.Host}:{seed.Port}"])];
        _nodes = [.. Enumerable.Range(0, Nodes).Select(i => new KilledServer(
            [
                "--config", config, .. store, "--hocon", _folder.Write($"node-{i}.conf", Hocon(addresses, i)), .. seeds,
                .. AddressOf(addresses, i),
            ]) { FirstName = i * LivesOfNode })];
    }

    public IReadOnlyList<KilledServer> Members => _nodes;

    public Network Network => _network!;

    public bool IsInMemory => _setup.IsInMemory;

    /// <summary>The endpoints that refuse everything.</summary>
    public DownEndpoints Down => _down;

    /// <summary>What was done to nodes so far.</summary>
    public ImmutableArray<Fault> Faults => [.. _faults];

    /// <summary>All that was sent, when the senders have ended.</summary>
    public ImmutableArray<SentPost> Posts => [.. _senders.SelectMany(sender => sender.Posts)];

    /// <summary>What the receiver could not read, or was not signed.</summary>
    public ImmutableArray<string> Unreadable => [.. _receiver.Faults];

    /// <summary>The lives whose lease expired.</summary>
    public ImmutableHashSet<int> WithoutLease => [.. _nodes.SelectMany(node => node.LivesThatSaid("This node has not heard from the majority of its cluster"))];

    public Clock Clock => _receiver.Clock;

    public ImmutableArray<Arrival> Arrivals => [.. _receiver.Arrivals.OrderBy(arrival => arrival.Begun)];

    public static async Task<ServerCluster> StartAsync(Random random, ClusterSetup setup)
    {
        var addresses = new Addresses(random);
        var database = setup.IsInMemory ? null : await PostgresDatabase.CreateAsync();
        var down = new DownEndpoints();
        var receiver = await RecordingReceiver.StartAsync(async webhook =>
        {
            await Task.Delay(WorkOfReceiver);
            return down.Contains(webhook) ? Answer.Refused : Answer.Taken;
        });
        return new ServerCluster(setup, database, receiver, down, addresses, setup.IsCuttable ? new Network(addresses, Nodes) : null);
    }

    /// <summary>All nodes are up, each has webhooks, and each webhook gets events.</summary>
    public async Task BeginAsync()
    {
        foreach (var node in _nodes)
            node.Start();
        await Task.WhenAll(_nodes.Select(IsReadyAsync));
        _senders = [.. _nodes.SelectMany(SendersOf).Select((create, number) => create(number))];
        _load = Task.WhenAll(_senders.Select(sender => Task.Run(() => sender.RunAsync(_stop.Token))));
        await DeliverAsync(_nodes);
        await FlowsAsync();
    }

    /// <summary>It is a member that is up.</summary>
    public static async Task IsReadyAsync(KilledServer node)
    {
        using var http = new HttpClient { BaseAddress = await node.UrlAsync() };
        await Patience.Until(
            async () =>
            {
                using var response = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
                return response.StatusCode;
            },
            status => status == HttpStatusCode.OK);
    }

    /// <summary>Each of these has webhooks that deliver.</summary>
    public Task DeliverAsync(params IEnumerable<KilledServer> nodes)
    {
        var since = Clock.Tick();
        return HappensAsync(Patience.Until(
            () => Task.FromResult(_receiver.Arrivals.Where(arrival => arrival.Begun > since).Select(arrival => arrival.Life).ToImmutableHashSet()),
            lives => nodes.All(node => lives.Contains(node.Name))));
    }

    /// <summary>Each webhook gets some more events.</summary>
    public Task FlowsAsync()
    {
        var since = Clock.Tick();
        return HappensAsync(Patience.Until(
            () => Task.FromResult(_receiver.Arrivals.Where(arrival => arrival.Begun > since).CountBy(arrival => arrival.Webhook).ToDictionary()),
            counts => Hooks.Ids.All(id => counts.GetValueOrDefault(id) >= (Hooks.Throttles[id] == 0 ? EventsThatFlow : 2))));
    }

    public async Task<Fault> KillAsync(int node)
    {
        var at = Clock.Tick();
        await _nodes[node].KillAsync();
        return Record(node, at);
    }

    /// <summary>A node hangs until it is continued.</summary>
    public async Task<Fault> PauseAsync(int node)
    {
        var at = Clock.Tick();
        await _nodes[node].Process.PauseAsync();
        return Record(node, at);
    }

    /// <summary>Two nodes do not hear each other, until one of them stops its webhooks.</summary>
    /// <param name="reason">What that one says then.</param>
    public async Task<Fault> CutLinkAsync(int stops, int stays, string reason)
    {
        var at = Clock.Tick();
        Network.CutLink(stops, stays);
        var fault = Record(stops, at);
        await Patience.Until(() => Task.FromResult(_nodes[stops].Errors), errors => errors.Contains(reason, StringComparison.Ordinal));
        Record(stops, Clock.Tick());
        return fault;
    }

    public Fault CutOff(int node)
    {
        var at = Clock.Tick();
        Network.CutOff(node);
        return Record(node, at);
    }

    /// <summary>No sender sends anything more, and each has its last answer.</summary>
    public async Task EndLoadAsync()
    {
        await _stop.CancelAsync();
        await _load.Patiently();
    }

    /// <summary>The senders end, and everything is delivered.</summary>
    public async Task<ClusterFindings> FinishAsync()
    {
        await EndLoadAsync();
        var running = _nodes.First(node => !node.Process.Exited.IsCompleted);
        using var api = new WebhooksApi(await running.UrlAsync());
        var accounts = await Patience.Until(api.AccountsAsync, accounts => accounts.All(account => account is { IsStarting: false, Waiting: 0 }));
        Assert.Equal(Hooks.Ids.Order(StringComparer.Ordinal), accounts.Select(account => account.Webhook).Order(StringComparer.Ordinal));
        return new ClusterFindings(Posts, Arrivals, Faults, [.. accounts], Unreadable, WithoutLease);
    }

    /// <summary>What there is to be seen when a test fails.</summary>
    public string Situation => string.Join(", ", Arrivals.CountBy(arrival => $"{arrival.Webhook} from {arrival.Life}").Select(count => $"{count.Key}: {count.Value}"))
        + Environment.NewLine + string.Join(Environment.NewLine, _nodes.Select((node, i) => $"===== node {i}\n{node.Errors}"));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var node in _nodes)
            node.Dispose();
        await _load.Patiently();
        if (_network is not null)
            await _network.DisposeAsync();
        await _receiver.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
        _folder.Dispose();
        _stop.Dispose();
    }

    private Fault Record(int node, long at)
    {
        var fault = new Fault(_nodes[node].Name, at, Clock.Tick());
        _faults.Add(fault);
        return fault;
    }

    // Those for one webhook go on while others cannot be reached.
    private IEnumerable<Func<int, Sender>> SendersOf(KilledServer node) =>
    [
        number => new Sender(number, null, 5, _setup.PauseOfWide, node, Clock),
        .. Hooks.Ids.Select<string, Func<int, Sender>>(id => number => new Sender(number, id, _setup.NarrowEvents, _setup.PauseOfNarrow, node, Clock)),
    ];

    private IEnumerable<string> AddressOf(Addresses addresses, int node)
    {
        var (host, port) = _network is null ? addresses.Of(node) : addresses.Behind(node);
        return ["--cluster-host", host, "--cluster-port", $"{port}"];
    }

    private string Hocon(Addresses addresses, int node)
    {
        var (host, port) = addresses.Of(node);
        return $"""
            {_setup.Hocon}
            actor-webhooks.cluster.drift-patience = 1h
            {(_network is null ? "" : $"akka.remote.dot-netty.tcp {{ public-hostname = \"{host}\", public-port = {port} }}")}
            """;
    }

    // A sender that fails fails the test at once.
    private async Task HappensAsync(Task awaited)
    {
        await await Task.WhenAny(awaited, _load);
        await awaited;
    }
}
