using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using ActorWebhooks.Cluster.Tls;

namespace ActorWebhooks.Cluster.Port;

/// <summary>
/// Takes the connections of other nodes in. Akka hears of one only when it has shown a certificate, where one is needed, and its first message is
/// there: until then it costs a socket and a small buffer.
/// </summary>
/// <param name="tls">Null without TLS.</param>
/// <param name="come">Gets each connection, with what has been read of it; completes when it has ended.</param>
internal sealed class PortListener(
    Socket socket,
    PortSettings settings,
    PortLimits limits,
    ClusterTls? tls,
    PortNotice notice,
    Func<Socket, Stream, PipeReader, Task> come) : IDisposable
{
    // The first message of a peer holds its address.
    private const int LongestFirst = 16 * 1024;
    private const int ReadAtOnce = 64 * 1024;
    private const string Silent = "it did not say who it is in time, or gave way to others";

    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromMilliseconds(100);

    private readonly PortSeats _seats = new(limits);
    private readonly CancellationTokenSource _end = new();

    public async Task RunAsync()
    {
        var end = _end.Token;
        while (!end.IsCancellationRequested)
        {
            try
            {
                _ = TakeAsync(await socket.AcceptAsync(end).ConfigureAwait(false), end);
            }
            catch (SocketException)
            {
                // Such as too many open files.
                await Task.Delay(PauseAfterFault).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    /// <summary>Takes none in any more. Those that are under way go with their links.</summary>
    public void Dispose()
    {
        _end.Cancel();
        socket.Dispose();
        _end.Dispose();
    }

    private async Task TakeAsync(Socket caller, CancellationToken end)
    {
        using (caller)
        {
            if (caller.RemoteEndPoint is not IPEndPoint { Address: var address })
                return;
            var seat = new PortSeat(address, caller.Dispose);
            if (!_seats.TryEnter(seat))
            {
                notice.Say($"{address}", $"there are {limits.MaxConnections} already (actor-webhooks.cluster.max-connections)");
                return;
            }

            var verdict = new PeerVerdict();
            try
            {
                settings.Set(caller);
                await SeatedAsync(caller, seat, verdict, end).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or SocketException or InvalidDataException or AuthenticationException)
            {
                notice.Say($"{address}", verdict.Fault ?? (e.InnerException is { } inner ? $"{e.Message} {inner.Message}" : e.Message));
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                notice.Say($"{address}", Silent);
            }
            finally
            {
                _seats.Leave(seat);
            }
        }
    }

    private async Task SeatedAsync(Socket caller, PortSeat seat, PeerVerdict verdict, CancellationToken end)
    {
        var stream = new NetworkStream(caller);
        await using var secured = tls is null ? null : new SslStream(stream);
        PipeReader reader;
        using (var patience = CancellationTokenSource.CreateLinkedTokenSource(end))
        {
            patience.CancelAfter(limits.Silence);
            if (secured is not null)
                await secured.AuthenticateAsServerAsync(tls!.Server(verdict), patience.Token).ConfigureAwait(false);
            reader = PipeReader.Create(secured ?? (Stream)stream, new StreamPipeReaderOptions(bufferSize: ReadAtOnce, leaveOpen: true, useZeroByteReads: true));
            await HearAsync(reader, patience.Token).ConfigureAwait(false);
        }

        if (_seats.TrySpeak(seat))
            await come(caller, secured ?? (Stream)stream, reader).ConfigureAwait(false);
        else
            notice.Say($"{seat.Address}", Silent);
    }

    // Leaves all that it has read.
    private static async Task HearAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var rest = read.Buffer;
            if (Frames.TryRead(ref rest, LongestFirst, out _))
            {
                reader.AdvanceTo(read.Buffer.Start);
                return;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
                throw new InvalidDataException("it ended before it said who it is");
        }
    }
}
