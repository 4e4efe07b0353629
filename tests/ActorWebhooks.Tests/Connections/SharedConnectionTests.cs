using System.Security.Cryptography.X509Certificates;
using ActorWebhooks.Configuration;
using ActorWebhooks.Tests.EndToEnd;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Connections;

/// <summary>Connections in HTTP/2 among those that a node may have open.</summary>
public sealed class SharedConnectionTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly X509Certificate2 _certificate = Certificates.SelfSigned();
    private readonly List<Receiver> _receivers = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var receiver in _receivers)
            await receiver.DisposeAsync();
        _certificate.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connection_is_not_closed_for_another_under_a_request_although_the_attempt_that_opened_it_is_over(bool isProxied)
    {
        using var proxy = isProxied ? new TunnelProxy() : null;
        using var bench = new AnswerBench(maxConnections: 2, proxy?.Url);
        var (hangs, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var receiver = await StartAsync(async isSlow =>
        {
            if (isSlow)
            {
                hangs.SetResult();
                await release.Task.WaitAsync(Patience);
            }
        });
        Assert.Equal(200, (await bench.SendAsync(receiver.Url, HttpVersionChoice.Auto)).Status);
        var slow = bench.SendAsync(new Uri(receiver.Url, "/slow"), HttpVersionChoice.Auto);
        await hangs.Task.WaitAsync(Patience);

        for (var i = 0; i < 6; i++)
        {
            var other = await StartAsync();
            Assert.Equal(200, (await bench.SendAsync(other.Url, HttpVersionChoice.Auto)).Status);
            Assert.Equal(200, (await bench.SendAsync(other.Url, HttpVersionChoice.Http11)).Status);
            Assert.InRange(bench.Connections.Open, 1, 2);
        }

        release.SetResult();
        Assert.Equal(200, (await slow).Status);
        Assert.Equal((2, 1), (receiver.Requests.Count, receiver.Connections));
        Assert.True(proxy is null || proxy.Tunnels > 6);
    }

    [Fact]
    public async Task Idle_connections_make_room_for_others()
    {
        using var bench = new AnswerBench(maxConnections: 2);
        for (var i = 0; i < 6; i++)
            await StartAsync();
        foreach (var receiver in _receivers.Concat(_receivers))
        {
            Assert.Equal(200, (await bench.SendAsync(receiver.Url, HttpVersionChoice.Auto)).Status);
            Assert.InRange(bench.Connections.Open, 1, 2);
        }
    }

    [Fact]
    public async Task Many_attempts_at_once_to_many_endpoints_all_get_through_within_the_bound()
    {
        const int Max = 4;
        using var bench = new AnswerBench(Max);
        for (var i = 0; i < 10; i++)
            await StartAsync();
        using var permits = new SemaphoreSlim(Max);
        await Parallel.ForEachAsync(Enumerable.Range(0, 400), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            await permits.WaitAsync(CancellationToken.None);
            try
            {
                var version = i % 5 == 0 ? HttpVersionChoice.Http11 : HttpVersionChoice.Auto;
                var outcome = await bench.SendAsync(_receivers[i * 7 % _receivers.Count].Url, version, cancellationToken: CancellationToken.None);
                Assert.True(outcome.Status == 200, outcome.ToString());
                Assert.InRange(bench.Connections.Open, 1, Max);
            }
            finally
            {
                permits.Release();
            }
        });
        Assert.Equal(400, _receivers.Sum(receiver => receiver.Requests.Count));
    }

    [Fact]
    public async Task Webhooks_of_one_origin_keep_one_connection()
    {
        const int Webhooks = 30;
        var receiver = await StartAsync();
        var toml = string.Concat(Enumerable.Range(0, Webhooks).Select(i => $"""
            [webhook."w{i}"]
            url = "{receiver.Url}/{i}"
            events = "*"
            throttle = 0
            allow-invalid-certs = true

            """));
        await using var host = await WebhookHost.StartAsync(toml);
        for (var i = 1; i <= 5; i++)
        {
            await host.Publisher.PublishAsync(Some.Event($"{i}"));
            await Eventually.Equal(i * Webhooks, () => receiver.Requests.Count);
        }

        Assert.Equal(1, receiver.Connections);
        Assert.Equal("HTTP/2", Assert.Single(receiver.Protocols));
    }

    private async Task<Receiver> StartAsync(Func<bool, Task>? before = null)
    {
        var receiver = await Receiver.StartAsync(certificate: _certificate, before: async context =>
        {
            if (before is not null)
                await before(context.Request.Path == "/slow");
            return true;
        });
        _receivers.Add(receiver);
        return receiver;
    }
}
