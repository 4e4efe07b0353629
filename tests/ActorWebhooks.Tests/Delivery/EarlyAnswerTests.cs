using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Delivery;

/// <summary>Endpoints that answer from the headers and hang up, over a path with the segments of the internet and a small window.</summary>
public sealed class EarlyAnswerTests : IDisposable
{
    private const int Attempts = 10;

    private readonly AnswerBench _bench = new();

    public static TheoryData<int, string, int, bool> Answers
    {
        get
        {
            var rows = new TheoryData<int, string, int, bool>();
            foreach (var bytes in new[] { 256 * 1024, 8 << 20 })
            {
                foreach (var isTls in new[] { false, true })
                {
                    foreach (var (status, header) in new[] { (413, ""), (429, "Retry-After: 30\r\n"), (410, ""), (401, ""), (200, "") })
                        rows.Add(status, header, bytes, isTls);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Answer_from_the_headers_counts_each_time_although_the_body_cannot_be_sent(int status, string header, int bytes, bool isTls)
    {
        using var certificate = isTls ? Certificates.SelfSigned() : null;
        await using var receiver = new NarrowReceiver(certificate, $"HTTP/1.1 {status} x\r\n{header}Content-Length: 5\r\n\r\nearly");
        for (var i = 0; i < Attempts; i++)
        {
            var outcome = await _bench.SendAsync(receiver.Url, bytes);
            Assert.True(outcome.Status == status, $"attempt {i}: {outcome}, {outcome.Error}");
            Assert.Equal(header.Length > 0 ? TimeSpan.FromSeconds(30) : null, outcome.RetryAfter);
            Assert.Equal("early", outcome.Response);
        }

        Assert.Equal(Attempts, receiver.Connections);
    }

    [Theory]
    [InlineData(413)]
    [InlineData(200)]
    public async Task Answer_counts_although_the_endpoint_neither_reads_on_nor_hangs_up(int status)
    {
        await using var receiver = new NarrowReceiver(null, $"HTTP/1.1 {status} x\r\nContent-Length: 0\r\n\r\n", hangsUp: false);
        for (var i = 0; i < 2; i++)
            Assert.Equal(status, (await _bench.SendAsync(receiver.Url, 8 << 20)).Status);
        Assert.Equal(2, receiver.Connections);
    }

    [Fact]
    public async Task Endpoint_that_hangs_up_without_an_answer_has_failed()
    {
        await using var receiver = new NarrowReceiver(null, "HTTP/1.1 20");
        var outcome = await _bench.SendAsync(receiver.Url, 8 << 20);
        Assert.Equal(AttemptEnd.NetworkError, outcome.Kind);
        Assert.Contains("reset the connection", outcome.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _bench.Dispose();

    /// <summary>Reads the head of a request, answers, and resets the connection.</summary>
    private sealed class NarrowReceiver : IAsyncDisposable
    {
        private const int TcpMaxSegment = 2;
        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly CancellationTokenSource _stop = new();
        private readonly X509Certificate2? _certificate;
        private readonly string _answer;
        private readonly bool _hangsUp;
        private readonly Task _serving;
        private int _connections;

        public NarrowReceiver(X509Certificate2? certificate, string answer, bool hangsUp = true)
        {
            (_certificate, _answer, _hangsUp) = (certificate, answer, hangsUp);
            _listener.ReceiveBufferSize = 8 * 1024;
            if (OperatingSystem.IsLinux())
                _listener.SetRawSocketOption((int)ProtocolType.Tcp, TcpMaxSegment, BitConverter.GetBytes(1448));
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen();
            Url = new Uri($"{(certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/hook");
            _serving = ServeAsync();
        }

        public Uri Url { get; }

        public int Connections => Volatile.Read(ref _connections);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _serving;
            _listener.Dispose();
            _stop.Dispose();
        }

        private async Task ServeAsync()
        {
            var all = new List<Task>();
            try
            {
                while (true)
                {
                    var socket = await _listener.AcceptAsync(_stop.Token);
                    Interlocked.Increment(ref _connections);
                    all.Add(AnswerAsync(socket));
                }
            }
            catch (OperationCanceledException)
            {
                await Task.WhenAll(all);
            }
        }

        private async Task AnswerAsync(Socket socket)
        {
            using var _ = socket;
            // Else the answer waits for the client to confirm the end of the TLS handshake, and is dropped with the connection.
            socket.NoDelay = true;
            Stream stream = new NetworkStream(socket);
            if (_certificate is not null)
            {
                var tls = new SslStream(stream);
                await tls.AuthenticateAsServerAsync(_certificate);
                stream = tls;
            }

            var head = new StringBuilder();
            var buffer = new byte[512];
            while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
                head.Append(Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer, _stop.Token)));
            await stream.WriteAsync(Encoding.ASCII.GetBytes(_answer), _stop.Token);
            if (!_hangsUp)
                await Task.Delay(Timeout.Infinite, _stop.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
        }
    }
}
