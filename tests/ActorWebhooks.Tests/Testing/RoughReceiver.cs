using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace ActorWebhooks.Tests.Testing;

/// <summary>A receiver on loopback that does what no decent server would: a script for each connection, down to the bytes.</summary>
internal sealed class RoughReceiver : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly X509Certificate2? _certificate;
    private readonly bool _offersHttp2;
    private Task _accepting = Task.CompletedTask;
    private int _accepted;
    private long _bytesSent;

    private RoughReceiver(X509Certificate2? certificate, bool offersHttp2 = false)
    {
        (_certificate, _offersHttp2) = (certificate, offersHttp2);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        Url = UrlOf("127.0.0.1");
    }

    public int Port { get; }

    public Uri Url { get; }

    /// <summary>What was read, request by request; for a request that was read in part, nothing.</summary>
    public IReadOnlyCollection<ReceivedRequest> Requests => _requests;

    public IEnumerable<string> EventIds => _requests.SelectMany(request => StubRequest.EventIdsOf(request.Body));

    /// <summary>How many connections were opened.</summary>
    public int Connections => Volatile.Read(ref _accepted);

    /// <summary>How many scripts are not at their end.</summary>
    public int Running => _connections.Count(connection => !connection.IsCompleted);

    /// <summary>What clients took, or the system took for them, before they hung up.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    /// <summary>Has a port that refuses connections until <see cref="Listen"/>.</summary>
    public static RoughReceiver Bind(X509Certificate2? certificate = null) => new(certificate);

    /// <param name="script">What happens on a connection; it is closed at the end. It may fail as the client hangs up.</param>
    /// <param name="offersHttp2">Over TLS.</param>
    public static RoughReceiver Start(Func<RoughConnection, Task> script, X509Certificate2? certificate = null, bool offersHttp2 = false)
    {
        var receiver = new RoughReceiver(certificate, offersHttp2);
        receiver.Listen(script);
        return receiver;
    }

    /// <summary>Answers each request with what <paramref name="answer"/> says, and keeps the connection.</summary>
    public static RoughReceiver Answering(Func<ReceivedRequest, string> answer, X509Certificate2? certificate = null) =>
        Start(connection => connection.AnswerAllAsync(answer), certificate);

    public void Listen(Func<RoughConnection, Task> script)
    {
        _listener.Listen();
        _accepting = AcceptAsync(script);
    }

    public Uri UrlOf(string host) => new($"{(_certificate is null ? "http" : "https")}://{host}:{Port}/hook");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync(Func<RoughConnection, Task> script)
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(_stop.Token);

                // The client may have its answer before the script is left for the first time.
                var number = Interlocked.Increment(ref _accepted) - 1;
                _connections.Add(RunAsync(socket, number, script));
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task RunAsync(Socket socket, int number, Func<RoughConnection, Task> script)
    {
        // Small, so that what was sent is about what the client took.
        socket.SendBufferSize = 16 * 1024;
        try
        {
            await using Stream plain = new NetworkStream(socket, ownsSocket: true);
            await using var stream = _certificate is null ? plain : await EncryptAsync(plain, _certificate);
            await script(new RoughConnection(
                number, socket, stream, _requests.Enqueue, bytes => Interlocked.Add(ref _bytesSent, bytes), _stop.Token));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The client hung up, or the test is over.
        }
    }

    private async Task<SslStream> EncryptAsync(Stream plain, X509Certificate2 certificate)
    {
        // Without this the receiver itself would fetch the issuer of its certificate.
        var context = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        var stream = new SslStream(plain);
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = context,
            ApplicationProtocols = _offersHttp2 ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11] : null,
        };
        await stream.AuthenticateAsServerAsync(options, _stop.Token);
        return stream;
    }
}
