using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Delivery;

/// <summary>What an operator reads when no answer came: the cause, not where to look for it.</summary>
public sealed class ErrorWordsTests : IDisposable
{
    private readonly AnswerBench _bench = new();

    [Fact]
    public async Task Port_without_a_listener_refuses()
    {
        await using var receiver = RoughReceiver.Bind();
        await SaysAsync(receiver.Url, AttemptEnd.NetworkError, "the endpoint refuses connections");
    }

    [Fact]
    public Task Name_does_not_resolve() =>
        SaysAsync(new Uri("http://nobody.test/"), AttemptEnd.NetworkError, "the name of the endpoint does not resolve");

    [Fact]
    public async Task It_is_known_when_nothing_was_sent()
    {
        await using var silent = RoughReceiver.Bind();
        await using var closing = RoughReceiver.Start(connection => connection.ReadRequestAsync());

        Assert.True((await _bench.SendAsync(silent.Url)).IsUnsent);
        Assert.True((await _bench.SendAsync(new Uri("http://nobody.test/"))).IsUnsent);
        Assert.False((await _bench.SendAsync(closing.Url)).IsUnsent);
    }

    [Fact]
    public async Task Connection_is_reset()
    {
        await using var receiver = RoughReceiver.Start(connection =>
        {
            connection.Reset();
            return Task.CompletedTask;
        });
        await SaysAsync(receiver.Url, AttemptEnd.NetworkError, "the endpoint reset the connection", bytes: 256 * 1024);
    }

    [Fact]
    public async Task Connection_is_closed_without_an_answer()
    {
        await using var receiver = RoughReceiver.Start(connection => connection.ReadRequestAsync());
        await SaysAsync(receiver.Url, AttemptEnd.NetworkError, "the endpoint closed the connection without an answer");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Endpoint_speaks_http2_only(bool isTls)
    {
        using var certificate = isTls ? Certificates.SelfSigned() : null;
        await using var receiver = RoughReceiver.Start(
            async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.WriteAsync("\0\0\u0006\u0004\0\0\0\0\0\0\u0003\0\0\0\u0064");
            },
            certificate);
        await SaysAsync(receiver.Url, AttemptEnd.NetworkError, ErrorWords.Http2Only);
    }

    [Fact]
    public async Task Endpoint_does_not_answer_in_http()
    {
        await using var receiver = RoughReceiver.Answering(_ => "220 mail.example ESMTP\r\n");
        await SaysAsync(receiver.Url, AttemptEnd.NetworkError, "the endpoint does not answer in HTTP/1.1");
    }

    [Fact]
    public async Task Endpoint_does_not_speak_tls()
    {
        await using var receiver = RoughReceiver.Start(connection => connection.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"));
        await SaysAsync(new Uri($"https://127.0.0.1:{receiver.Port}/"), AttemptEnd.TlsError, "the endpoint does not speak TLS on this port");
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Endpoint_wants_a_client_certificate(SslProtocols protocol)
    {
        await using var receiver = new Handshakes(new SslServerAuthenticationOptions
        {
            ClientCertificateRequired = true,
            EnabledSslProtocols = protocol,
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
        });
        var outcome = await _bench.SendAsync(receiver.Url, 1000);
        Assert.Null(outcome.Status);
        Assert.DoesNotContain("inner exception", outcome.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("client certificate", outcome.Error, StringComparison.Ordinal);
    }

    // As servers refuse a handshake: a record with an alert of one byte.
    [Theory]
    [InlineData(40, "the endpoint refused the TLS handshake")]
    [InlineData(48, "the endpoint does not trust the authority of the client certificate")]
    [InlineData(70, "the endpoint and this node have no TLS version in common")]
    [InlineData(112, "the endpoint has no certificate for this host name")]
    [InlineData(116, "the endpoint wants a client certificate")]
    [InlineData(120, "the endpoint speaks none of the protocols")]
    public async Task Endpoint_refuses_the_handshake(int alert, string words)
    {
        await using var receiver = RoughReceiver.Start(async connection =>
        {
            await connection.WriteAsync($"\u0015\u0003\u0003\0\u0002\u0002{(char)alert}");
            await connection.AwaitHangUpAsync();
        });
        await SaysAsync(new Uri($"https://127.0.0.1:{receiver.Port}/"), AttemptEnd.TlsError, words);
    }

    [Fact]
    public async Task Nobody_vouches_for_the_certificate()
    {
        await using var receiver = new Handshakes(new SslServerAuthenticationOptions());
        await SaysAsync(receiver.Url, AttemptEnd.TlsError, "nobody whom this node trusts vouches for the certificate of the endpoint", checks: true);
    }

    public void Dispose() => _bench.Dispose();

    private async Task SaysAsync(Uri url, AttemptEnd kind, string words, int bytes = 100, bool checks = false)
    {
        var outcome = await _bench.SendAsync(url, bytes, checks);
        Assert.StartsWith(words, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(kind, outcome.Kind);
        Assert.DoesNotContain("inner exception", outcome.Error, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Shakes hands as it is told, and then reads until the client hangs up.</summary>
    private sealed class Handshakes : IAsyncDisposable
    {
        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _serving;

        public Handshakes(SslServerAuthenticationOptions options)
        {
            options.ServerCertificate = Certificates.SelfSigned();
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen();
            Url = new Uri($"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/");
            _serving = ServeAsync(options);
        }

        public Uri Url { get; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _serving;
            _listener.Dispose();
            _stop.Dispose();
        }

        private async Task ServeAsync(SslServerAuthenticationOptions options)
        {
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    using var socket = await _listener.AcceptAsync(_stop.Token);
                    await using var tls = new SslStream(new NetworkStream(socket));
                    await tls.AuthenticateAsServerAsync(options, _stop.Token);
                    var buffer = new byte[4096];
                    while (await tls.ReadAsync(buffer, _stop.Token) > 0)
                    {
                    }
                }
                catch (Exception e) when (e is IOException or AuthenticationException or OperationCanceledException)
                {
                    // The client hung up, or the test is over.
                }
            }
        }
    }
}
