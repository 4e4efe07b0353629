using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
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
            // A small one may be on its way as a whole.
            if (bytes > 1 << 20)
                Assert.EndsWith("answered before it had taken the whole request, and the rest was not sent", outcome.Error, StringComparison.Ordinal);
        }

        Assert.Equal(Attempts, receiver.Connections);
    }

    [Fact]
    public async Task Answer_counts_although_the_endpoint_neither_reads_on_nor_hangs_up()
    {
        await using var receiver = new NarrowReceiver(null, "HTTP/1.1 413 x\r\nContent-Length: 0\r\n\r\n", hangsUp: false);
        for (var i = 0; i < 2; i++)
            Assert.Equal(413, (await _bench.SendAsync(receiver.Url, 8 << 20)).Status);
        Assert.Equal(2, receiver.Connections);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Endpoint_that_answers_early_and_reads_on_gets_everything_over_one_connection(bool isTls)
    {
        using var certificate = isTls ? Certificates.SelfSigned() : null;
        await using var receiver = new NarrowReceiver(certificate, "HTTP/1.1 200 x\r\nContent-Length: 5\r\n\r\nearly", readsOn: true);
        for (var i = 0; i < Attempts; i++)
        {
            var outcome = await _bench.SendAsync(receiver.Url, 2 << 20);
            Assert.Equal((200, null, "early"), (outcome.Status, outcome.Error, outcome.Response));
        }

        await Eventually.Equal(Attempts, () => receiver.WholeBodies);
        Assert.Equal(1, receiver.Connections);
    }

    [Fact]
    public async Task Endpoint_that_answers_early_and_reads_on_slowly_gets_everything()
    {
        // In longer than it is waited for one that reads nothing, and more than the sockets hold.
        await using var receiver = new NarrowReceiver(
            null, "HTTP/1.1 200 x\r\nContent-Length: 0\r\n\r\n", readsOn: true, pause: TimeSpan.FromMilliseconds(200));
        Assert.Equal((200, null), StatusAndError(await _bench.SendAsync(receiver.Url, 4 << 20)));
        await Eventually.Equal(1, () => receiver.WholeBodies);
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

    private static (int? Status, string? Error) StatusAndError(AttemptOutcome outcome) => (outcome.Status, outcome.Error);

    /// <summary>Reads the head of a request, answers, and resets the connection, or reads on.</summary>
    private sealed class NarrowReceiver : IAsyncDisposable
    {
        private const int TcpMaxSegment = 2;
        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly CancellationTokenSource _stop = new();
        private readonly X509Certificate2? _certificate;
        private readonly string _answer;
        private readonly bool _hangsUp;
        private readonly bool _readsOn;
        private readonly TimeSpan _pause;
        private readonly Task _serving;
        private int _connections;
        private int _wholeBodies;

        /// <param name="pause">Before each 64 KiB that it reads of a body.</param>
        public NarrowReceiver(X509Certificate2? certificate, string answer, bool hangsUp = true, bool readsOn = false, TimeSpan pause = default)
        {
            (_certificate, _answer, _hangsUp, _readsOn, _pause) = (certificate, answer, hangsUp, readsOn, pause);
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

        public int WholeBodies => Volatile.Read(ref _wholeBodies);

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

            try
            {
                while (await AnswerAsync(stream) && _readsOn)
                    Interlocked.Increment(ref _wholeBodies);
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }

            if (!_hangsUp)
                await Task.Delay(Timeout.Infinite, _stop.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
        }

        // Whether there was a request, and its body has come whole.
        private async Task<bool> AnswerAsync(Stream stream)
        {
            var buffer = new byte[64 * 1024];
            var length = 0;
            int end;
            while ((end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8)) < 0)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(length), _stop.Token);
                if (read == 0)
                    return false;
                length += read;
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes(_answer), _stop.Token);
            if (!_readsOn)
                return false;
            var head = Encoding.ASCII.GetString(buffer, 0, end);
            var rest = int.Parse(Regex.Match(head, "Content-Length: ([0-9]+)").Groups[1].Value, CultureInfo.InvariantCulture) - (length - end - 4);
            while (rest > 0)
            {
                await Task.Delay(_pause, _stop.Token);
                var read = await stream.ReadAtLeastAsync(buffer.AsMemory(0, Math.Min(rest, buffer.Length)), Math.Min(rest, buffer.Length), throwOnEndOfStream: false, _stop.Token);
                if (read == 0)
                    return false;
                rest -= read;
            }

            return true;
        }
    }
}
