using System.Security.Cryptography.X509Certificates;
using ActorWebhooks.Configuration;
using ActorWebhooks.Connections;
using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;
using Microsoft.AspNetCore.Http;

namespace ActorWebhooks.Tests.Delivery;

/// <summary>What goes otherwise in HTTP/2: many attempts on one connection, answers to half a request, requests that the endpoint did not look at.</summary>
public sealed class Http2Tests : IDisposable
{
    // SETTINGS_INITIAL_WINDOW_SIZE.
    private const string NoWindow = "\0\u0004\0\0\0\0";

    private const int RefusedStream = 7;
    private const int Http11Required = 13;
    private const int InternalError = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly AnswerBench _bench = new(maxConnections: 100);
    private readonly X509Certificate2 _certificate = Certificates.SelfSigned();

    public void Dispose()
    {
        _bench.Dispose();
        _certificate.Dispose();
    }

    [Fact]
    public async Task Many_attempts_at_once_share_one_connection()
    {
        var all = new TaskCompletionSource();
        var came = 0;
        await using var receiver = await StartAsync(async _ =>
        {
            if (Interlocked.Increment(ref came) == 50)
                all.SetResult();
            await all.Task.WaitAsync(Patience);
            return true;
        });

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _bench.SendAsync(receiver.Url, HttpVersionChoice.Auto)));

        Assert.All(outcomes, outcome => Assert.Equal(200, outcome.Status));
        Assert.Equal((1, 1), (receiver.Connections, _bench.Connections.Open));
    }

    [Fact]
    public async Task Endpoint_that_takes_no_more_at_a_time_gets_another_connection()
    {
        var hangs = new TaskCompletionSource();
        await using var receiver = RoughReceiver.Start(async connection =>
        {
            var http2 = new RoughHttp2(connection);
            await http2.BeginAsync(streams: 1);
            var (stream, knowsSettings) = (0, false);
            while (stream == 0 || !knowsSettings)
            {
                var frame = await http2.ReadAsync();
                knowsSettings |= frame is { Type: RoughHttp2.Settings, Flags: RoughHttp2.Acknowledged };
                stream = frame.EndsStream ? frame.StreamId : stream;
            }

            hangs.TrySetResult();
            if (connection.Number > 0)
                await http2.AnswerAsync(stream, 200);
            await connection.AwaitHangUpAsync();
        });
        using var cancellation = new CancellationTokenSource();
        var hanging = _bench.SendAsync(receiver.Url, HttpVersionChoice.Http2, cancellationToken: cancellation.Token);
        await hangs.Task.WaitAsync(Patience);

        Assert.Equal(200, (await _bench.SendAsync(receiver.Url, HttpVersionChoice.Http2)).Status);
        Assert.Equal(2, receiver.Connections);
        Assert.False(hanging.IsCompleted);
        await cancellation.CancelAsync();
        await hanging;
    }

    [Fact]
    public async Task Attempt_that_hangs_and_is_given_up_disturbs_no_other_on_its_connection()
    {
        var hangs = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var receiver = await StartAsync(async context =>
        {
            if (context.Request.Path == "/hang")
            {
                hangs.SetResult();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return false;
            }

            await release.Task.WaitAsync(Patience);
            return true;
        });
        using var cancellation = new CancellationTokenSource();
        var hanging = _bench.SendAsync(new Uri(receiver.Url, "/hang"), HttpVersionChoice.Auto, 300_000, cancellation.Token);
        await hangs.Task.WaitAsync(Patience);
        var other = _bench.SendAsync(receiver.Url, HttpVersionChoice.Auto, 300_000);

        await cancellation.CancelAsync();
        Assert.Equal(AttemptEnd.NetworkError, (await hanging).Kind);
        release.SetResult();

        Assert.Equal(200, (await other).Status);
        Assert.Equal(200, (await _bench.SendAsync(receiver.Url, HttpVersionChoice.Auto)).Status);
        Assert.Equal(1, receiver.Connections);
    }

    [Fact]
    public async Task Requests_that_hang_unread_keep_no_other_of_their_origin_waiting()
    {
        await using var receiver = await StartAsync(async context =>
        {
            if (context.Request.Path != "/hang")
                return true;
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return false;
        });
        using var cancellation = new CancellationTokenSource();
        var hanging = Enumerable.Range(0, 8).Select(
            _ => _bench.SendAsync(new Uri(receiver.Url, "/hang"), HttpVersionChoice.Auto, 300_000, cancellation.Token)).ToArray();

        for (var i = 0; i < 3; i++)
            Assert.Equal(200, (await _bench.SendAsync(receiver.Url, HttpVersionChoice.Auto, 200_000)).Status);
        Assert.All(hanging, attempt => Assert.False(attempt.IsCompleted));

        await cancellation.CancelAsync();
        await Task.WhenAll(hanging);
    }

    [Fact]
    public async Task Request_that_is_taken_in_HTTP_1_only_goes_in_that()
    {
        await using var receiver = RoughReceiver.Start(
            async connection =>
            {
                if (connection.Number > 0)
                {
                    await connection.ReadRequestAsync();
                    await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                    return;
                }

                var http2 = new RoughHttp2(connection);
                await http2.BeginAsync();
                await http2.ResetAsync(await http2.ReadRequestAsync(), Http11Required);
                await connection.AwaitHangUpAsync();
            },
            _certificate,
            offersHttp2: true);
        Assert.Equal(200, (await _bench.SendAsync(receiver.Url, HttpVersionChoice.Auto)).Status);
    }

    [Theory]
    [InlineData(413)]
    [InlineData(410)]
    [InlineData(200)]
    [InlineData(429)]
    public async Task Answer_from_the_headers_counts_each_time(int status)
    {
        await using var receiver = await StartAsync(async context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = "30";
            await context.Response.WriteAsync("early");
            return false;
        });
        for (var i = 0; i < 10; i++)
        {
            var outcome = await _bench.SendAsync(receiver.Url, HttpVersionChoice.Auto, 8 << 20);
            Assert.True(outcome.Status == status, $"attempt {i}: {outcome}");
            Assert.Equal(("early", TimeSpan.FromSeconds(30)), (outcome.Response, outcome.RetryAfter));
        }
    }

    [Theory]
    [InlineData(RoughHttp2.EndStreamAndHeaders)]
    [InlineData(RoughHttp2.EndHeaders)]
    public async Task Rest_of_a_request_is_given_up_when_it_is_answered(byte flags)
    {
        var reset = new TaskCompletionSource<int>();
        await using var receiver = RoughReceiver.Start(async connection =>
        {
            var http2 = new RoughHttp2(connection);
            await http2.BeginAsync();
            await http2.AnswerAsync(await http2.ReadAsync(Http2Frame.Headers), 413, flags);
            if (flags == RoughHttp2.EndHeaders)
                await http2.WriteAsync(Http2Frame.Data, 1, 1, "early");
            reset.SetResult(await http2.ReadAsync(Http2Frame.ResetStream));
            await connection.AwaitHangUpAsync();
        });

        Assert.Equal(413, (await _bench.SendAsync(receiver.Url, HttpVersionChoice.Http2, 8 << 20)).Status);
        Assert.Equal(1, await reset.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task Endpoint_that_allows_a_body_only_when_it_has_seen_the_headers_gets_every_request()
    {
        await using var receiver = RoughReceiver.Start(async connection =>
        {
            var http2 = new RoughHttp2(connection);
            await http2.BeginAsync();
            await http2.WriteAsync(RoughHttp2.Settings, 0, 0, NoWindow);
            for (var i = 0; i < 3; i++)
            {
                var stream = await http2.ReadAsync(Http2Frame.Headers);
                await http2.WriteAsync(RoughHttp2.WindowUpdate, 0, stream, "\0\0\u007f\u007f");
                await http2.AnswerAsync(await http2.ReadRequestAsync(), 200);
            }

            await connection.AwaitHangUpAsync();
        });

        for (var i = 0; i < 3; i++)
            Assert.Equal(200, (await _bench.SendAsync(receiver.Url, HttpVersionChoice.Http2)).Status);
        Assert.Equal(1, receiver.Connections);
    }

    [Fact]
    public async Task Request_that_the_endpoint_refused_unprocessed_is_sent_again()
    {
        await using var receiver = RoughReceiver.Start(async connection =>
        {
            var http2 = new RoughHttp2(connection);
            await http2.BeginAsync();
            await http2.ResetAsync(await http2.ReadRequestAsync(), RefusedStream);
            await http2.AnswerAsync(await http2.ReadRequestAsync(), 200);
            await connection.AwaitHangUpAsync();
        });
        Assert.Equal(200, (await _bench.SendAsync(receiver.Url, HttpVersionChoice.Http2)).Status);
        Assert.Equal(1, receiver.Connections);
    }

    [Fact]
    public async Task Request_that_the_endpoint_always_refuses_has_failed()
    {
        await using var receiver = RoughReceiver.Start(async connection =>
        {
            var http2 = new RoughHttp2(connection);
            await http2.BeginAsync();
            while (true)
                await http2.ResetAsync(await http2.ReadRequestAsync(), RefusedStream);
        });
        var outcome = await _bench.SendAsync(receiver.Url, HttpVersionChoice.Http2);
        Assert.Equal(AttemptEnd.NetworkError, outcome.Kind);
        Assert.Contains("REFUSED_STREAM", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_that_the_endpoint_resets_has_failed_and_the_connection_stays()
    {
        await using var receiver = RoughReceiver.Start(async connection =>
        {
            var http2 = new RoughHttp2(connection);
            await http2.BeginAsync();
            await http2.ResetAsync(await http2.ReadRequestAsync(), InternalError);
            await http2.AnswerAsync(await http2.ReadRequestAsync(), 200);
            await connection.AwaitHangUpAsync();
        });
        var outcome = await _bench.SendAsync(receiver.Url, HttpVersionChoice.Http2);
        Assert.Equal(AttemptEnd.NetworkError, outcome.Kind);
        Assert.StartsWith("the exchange with the endpoint failed in HTTP/2: ", outcome.Error, StringComparison.Ordinal);

        Assert.Equal(200, (await _bench.SendAsync(receiver.Url, HttpVersionChoice.Http2)).Status);
        Assert.Equal(1, receiver.Connections);
    }

    [Fact]
    public async Task Endpoint_that_says_goodbye_answers_what_it_has_and_gets_the_rest_over_another_connection()
    {
        var came = new TaskCompletionSource();
        var isGone = new TaskCompletionSource();
        await using var receiver = RoughReceiver.Start(async connection =>
        {
            var http2 = new RoughHttp2(connection);
            await http2.BeginAsync();
            var stream = await http2.ReadRequestAsync();
            came.TrySetResult();
            if (connection.Number == 0)
            {
                await http2.ReadRequestAsync();
                await http2.WriteAsync(RoughHttp2.GoAway, 0, 0, "\0\0\0\u0001\0\0\0\0");
                await isGone.Task.WaitAsync(Patience);
            }

            await http2.AnswerAsync(stream, 200);
            await connection.AwaitHangUpAsync();
        });
        var first = _bench.SendAsync(receiver.Url, HttpVersionChoice.Http2);
        await came.Task.WaitAsync(Patience);
        Assert.Equal(200, (await _bench.SendAsync(receiver.Url, HttpVersionChoice.Http2)).Status);

        Assert.Equal(2, receiver.Connections);
        Assert.False(first.IsCompleted);
        isGone.SetResult();
        Assert.Equal(200, (await first).Status);
        await Eventually.Equal(1, () => _bench.Connections.Open);
    }

    [Fact]
    public async Task Connection_whose_other_end_is_dead_is_not_used_for_ever()
    {
        await using var receiver = RoughReceiver.Start(async connection =>
        {
            var http2 = new RoughHttp2(connection);
            await http2.BeginAsync();
            await http2.AnswerAsync(await http2.ReadRequestAsync(), 200);
            if (connection.Number == 0)
                await connection.FreezeAsync();
            await connection.AwaitHangUpAsync();
        });
        using var bench = new AnswerBench(silence: TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await bench.SendAsync(receiver.Url, HttpVersionChoice.Http2)).Status);

        Assert.Equal(AttemptEnd.NetworkError, (await bench.SendAsync(receiver.Url, HttpVersionChoice.Http2)).Kind);
        Assert.Equal(200, (await bench.SendAsync(receiver.Url, HttpVersionChoice.Http2)).Status);
        Assert.Equal((2, 1), (receiver.Connections, bench.Connections.Open));
    }

    private Task<Receiver> StartAsync(Func<HttpContext, Task<bool>> before) => Receiver.StartAsync(certificate: _certificate, before: before);
}
