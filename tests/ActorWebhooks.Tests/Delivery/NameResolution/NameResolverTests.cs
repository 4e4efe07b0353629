using System.Net;
using System.Net.Sockets;
using ActorWebhooks.Delivery.NameResolution;
using ActorWebhooks.Telemetry;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Delivery.NameResolution;

public sealed class NameResolverTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SimulatedNameServer _server = new() { SilentFor = name => !name.StartsWith("good", StringComparison.Ordinal) };
    private readonly ManualTime _time = new();
    private readonly WebhookMetrics _metrics = new();
    private readonly NameResolver _resolver;

    public NameResolverTests() => _resolver = Create(Settings);

    private static NameResolutionSettings Settings { get; } = new(16, TimeSpan.FromSeconds(30), TimeSpan.FromHours(1));

    public void Dispose()
    {
        _server.Dispose();
        _resolver.Dispose();
        _metrics.Dispose();
    }

    [Theory]
    [InlineData("192.0.2.7")]
    [InlineData("2001:db8::7")]
    [InlineData("[2001:db8::7]")]
    public async Task Address_is_not_looked_up(string text)
    {
        Assert.Equal([IPAddress.Parse(text)], await ResolveAsync(text));
        Assert.Empty(_server.Asked);
    }

    [Fact]
    public async Task Callers_of_one_name_share_a_lookup()
    {
        _server.Silent = true;
        var callers = Enumerable.Range(0, 100).Select(_ => ResolveAsync("hook.example")).ToList();
        _server.Silent = false;

        Assert.All(await Task.WhenAll(callers), addresses => Assert.Equal(SimulatedNameServer.Addresses, addresses));
        await ResolveAsync("HOOK.example");
        Assert.Single(_server.Asked);
    }

    [Fact]
    public async Task Lookup_that_no_thread_could_be_started_for_is_done_when_one_can()
    {
        var isThreadHad = false;
        using var resolver = new NameResolver(
            _server.LookUp,
            Settings,
            _time,
            _metrics,
            work =>
            {
                if (!isThreadHad)
                    throw new InsufficientMemoryException();
                LookupThreads.StartThread(work);
            });
        var first = resolver.ResolveAsync("hook.example", CancellationToken.None);
        Assert.False(first.IsCompleted);

        isThreadHad = true;
        var second = resolver.ResolveAsync("hook.example", CancellationToken.None);

        Assert.Equal(SimulatedNameServer.Addresses, await first.WaitAsync(Patience));
        Assert.Equal(SimulatedNameServer.Addresses, await second.WaitAsync(Patience));
        Assert.Single(_server.Asked);
    }

    [Fact]
    public async Task Caller_that_gives_up_is_free_at_once_and_the_others_get_the_answer()
    {
        _server.Silent = true;
        using var gaveUp = new CancellationTokenSource();
        var first = _resolver.ResolveAsync("hook.example", gaveUp.Token);
        var second = ResolveAsync("hook.example");

        await gaveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(Patience));
        Assert.False(second.IsCompleted);
        _server.Silent = false;

        Assert.Equal(SimulatedNameServer.Addresses, await second);
    }

    [Fact]
    public async Task Thousand_silent_names_take_no_thread_of_the_pool_and_good_names_are_resolved()
    {
        _server.Silent = true;
        await ResolveAsync("good.example");
        var silent = Enumerable.Range(0, 1000).Select(i => ResolveAsync($"hook-{i}.silent.example")).ToList();
        await Eventually.Equal(Settings.MaxThreads * 3 / 8, () => _server.Asking);

        _time.Pass(Settings.AnswerLifetime);
        Assert.Equal(SimulatedNameServer.Addresses, await ResolveAsync("good.example"));
        Assert.Equal(SimulatedNameServer.Addresses, await ResolveAsync("good.other.example"));
        Assert.All(silent, task => Assert.False(task.IsCompleted));
        _server.Silent = false;

        await Task.WhenAll(silent).WaitAsync(Patience);
    }

    [Fact]
    public async Task Name_that_was_resolved_before_is_answered_while_its_server_is_silent()
    {
        await ResolveAsync("hook.example");
        _server.Silent = true;
        _time.Pass(Settings.AnswerLifetime);
        using var first = new CancellationTokenSource();
        var waiting = _resolver.ResolveAsync("hook.example", first.Token);
        await Eventually.Equal(1, () => _server.Asking);
        _time.Pass(Settings.SlowAfter);

        Assert.Equal(SimulatedNameServer.Addresses, await ResolveAsync("hook.example"));
        Assert.Equal(2, _server.Asked.Count);
        _server.Silent = false;
        await waiting.WaitAsync(Patience);
    }

    [Fact]
    public async Task Caller_that_waits_gets_the_stale_answer_when_the_lookup_turns_out_to_be_slow()
    {
        using var resolver = new NameResolver(_server.LookUp, Settings with { AnswerLifetime = TimeSpan.Zero }, TimeProvider.System, _metrics);
        await resolver.ResolveAsync("hook.example", CancellationToken.None);
        _server.Silent = true;

        Assert.Equal(SimulatedNameServer.Addresses, await resolver.ResolveAsync("hook.example", CancellationToken.None).WaitAsync(Patience));
        _server.Silent = false;
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, "The name hook.example has no address")]
    [InlineData(SocketError.TryAgain, "No name server answers for hook.example")]
    public async Task Failure_is_remembered_for_a_short_time(SocketError failure, string says)
    {
        _server.Failure = failure;
        for (var i = 0; i < 3; i++)
        {
            var thrown = await Assert.ThrowsAsync<SocketException>(() => ResolveAsync("hook.example"));
            Assert.Equal((failure, says), (thrown.SocketErrorCode, thrown.Message));
        }

        Assert.Single(_server.Asked);
        _server.Failure = null;
        _time.Pass(Settings.FailureLifetime);
        Assert.Equal(SimulatedNameServer.Addresses, await ResolveAsync("hook.example"));
    }

    [Fact]
    public async Task Names_beyond_the_bound_replace_what_was_not_used_and_are_refused_when_all_are_waited_for()
    {
        using var resolver = Create(Settings with { MaxNames = 3 });
        Task<IPAddress[]> Resolve(string name) => resolver.ResolveAsync(name, CancellationToken.None).WaitAsync(Patience);
        foreach (var name in (string[])["good.a", "good.b", "good.c", "good.a", "good.d", "good.a", "good.b"])
            await Resolve(name);
        Assert.Equal(["good.a", "good.b", "good.c", "good.d", "good.b"], _server.Asked);

        _server.Silent = true;
        var waiting = Enumerable.Range(0, 3).Select(i => Resolve($"hook-{i}.example")).ToList();
        var refused = await Assert.ThrowsAsync<SocketException>(() => Resolve("good.e"));
        Assert.StartsWith("Too many names wait", refused.Message, StringComparison.Ordinal);
        _server.Silent = false;
        await Task.WhenAll(waiting);
        Assert.Equal(SimulatedNameServer.Addresses, await Resolve("good.e"));
    }

    [Fact]
    public async Task Whoever_waits_is_told_when_the_resolver_stops()
    {
        _server.Silent = true;
        var waiting = Enumerable.Range(0, 100).Select(i => ResolveAsync($"hook-{i}.example")).ToList();
        _resolver.Dispose();

        foreach (var caller in waiting)
            await Assert.ThrowsAsync<SocketException>(() => caller);
        await Assert.ThrowsAsync<SocketException>(() => ResolveAsync("good.example"));
    }

    [Fact]
    public async Task Threads_end_when_there_is_nothing_to_look_up()
    {
        Thread? used = null;
        using var resolver = new NameResolver(
            name =>
            {
                used = Thread.CurrentThread;
                return _server.LookUp(name);
            },
            Settings with { ThreadIdleTime = TimeSpan.FromMilliseconds(50) },
            TimeProvider.System,
            _metrics);
        await resolver.ResolveAsync("good.example", CancellationToken.None);

        await Eventually.True(() => used is { IsAlive: false });
        Assert.Equal(SimulatedNameServer.Addresses, await resolver.ResolveAsync("good.other.example", CancellationToken.None).WaitAsync(Patience));
    }

    private NameResolver Create(NameResolutionSettings settings) => new(_server.LookUp, settings, _time, _metrics);

    private Task<IPAddress[]> ResolveAsync(string name) => _resolver.ResolveAsync(name, CancellationToken.None).WaitAsync(Patience);
}
