using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Akka.Actor;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace ActorWebhooks.Cluster.Port;

/// <summary>One connection to another node, as Akka.Remote uses it. What is written goes out in order, as much at once as there is.</summary>
/// <param name="stream">The connection, behind TLS if there is any.</param>
/// <param name="reader">Of what comes in; something may have been read into it already.</param>
/// <param name="longest">Of a message.</param>
/// <param name="guard">Decides which messages Akka gets.</param>
/// <param name="dropped">Tells of the other ones.</param>
/// <param name="timeToFlush">How long it may take to write what is left at the end.</param>
/// <param name="ended">Is called once it has ended.</param>
internal sealed class PortLink(
    Address local,
    Address remote,
    Socket socket,
    Stream stream,
    PipeReader reader,
    int longest,
    PeerGuard guard,
    PortNotice dropped,
    TimeSpan timeToFlush,
    Action<PortLink> ended)
    : AssociationHandle(local, remote)
{
    // What waits for a slow node here; the rest waits where Akka keeps it.
    private const int MaxQueued = 8 * 1024 * 1024;
    private const int WriteAtOnce = 64 * 1024;

    private readonly Channel<ByteString> _queue = Channel.CreateUnbounded<ByteString>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _queued;
    private volatile bool _isLeaving;

    public Task Ended => _ended.Task;

    /// <summary>Begins to read and to write. It ends by itself.</summary>
    public void Start() => _ = RunAsync();

    public override bool Write(ByteString payload)
    {
        if (Interlocked.Read(ref _queued) > MaxQueued || !_queue.Writer.TryWrite(payload))
            return false;
        Interlocked.Add(ref _queued, payload.Length);
        return true;
    }

    /// <summary>What was written goes out; nothing is read any more.</summary>
#pragma warning disable CS0672 // The one with a reason calls this.
    public override void Disassociate()
#pragma warning restore CS0672
    {
        _isLeaving = true;
        Finish();
    }

    /// <summary>At once.</summary>
    public void Close()
    {
        _queue.Writer.TryComplete();
        _closed.TrySetResult();
        socket.Dispose();
    }

    private async Task RunAsync()
    {
        await Task.WhenAll(ReadAsync(), WriteAsync()).ConfigureAwait(false);
        Close();
        await stream.DisposeAsync().ConfigureAwait(false);
        ended(this);
        _ended.SetResult();
    }

    private void Finish()
    {
        if (!_queue.Writer.TryComplete())
            return;
        _ = CloseAfterAsync();

        async Task CloseAfterAsync()
        {
            await Task.WhenAny(_closed.Task, Task.Delay(timeToFlush)).ConfigureAwait(false);
            Close();
        }
    }

    private async Task ReadAsync()
    {
        IHandleEventListener? listener = null;
        try
        {
            await Task.WhenAny(ReadHandlerSource.Task, _closed.Task).ConfigureAwait(false);
            await OffActorAsync();
            if (!ReadHandlerSource.Task.IsCompletedSuccessfully)
                return;
            listener = await ReadHandlerSource.Task.ConfigureAwait(false);
            while (true)
            {
                var read = await reader.ReadAsync().ConfigureAwait(false);
                var rest = read.Buffer;
                while (Frames.TryRead(ref rest, longest, out var payload))
                {
                    if (!_isLeaving && payload.Length > 0)
                        HandOn(payload.ToArray(), listener);
                }

                reader.AdvanceTo(rest.Start, rest.End);
                if (read.IsCompleted)
                    break;
            }
        }
        catch (Exception e) when (IsOfConnection(e))
        {
            // It is told below that it has ended.
        }

        guard.Leave();
        listener?.Notify(new Disassociated(DisassociateInfo.Unknown));
        Finish();
    }

    private void HandOn(byte[] payload, IHandleEventListener listener)
    {
        if (guard.FaultOf(payload) is { } fault)
            dropped.Say($"{RemoteAddress}", fault);
        else
            listener.Notify(new InboundPayload(UnsafeByteOperations.UnsafeWrap(payload)));
    }

    private async Task WriteAsync()
    {
        await OffActorAsync();
        var writer = PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: WriteAtOnce, leaveOpen: true));
        try
        {
            while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                while (_queue.Reader.TryRead(out var payload))
                {
                    guard.Sent(payload.Span);
                    Frames.Write(writer, payload.Span);
                    Interlocked.Add(ref _queued, -payload.Length);
                    if (writer.UnflushedBytes >= WriteAtOnce)
                        await writer.FlushAsync().ConfigureAwait(false);
                }

                await writer.FlushAsync().ConfigureAwait(false);
            }

            if (stream is SslStream tls)
                await tls.ShutdownAsync().ConfigureAwait(false);
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (IsOfConnection(e))
        {
            Close();
        }
    }

    // An actor has called.
    private static ConfiguredTaskAwaitable OffActorAsync() => Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

    // What a connection that breaks, or a peer that says nonsense, may end in.
    private static bool IsOfConnection(Exception e) =>
        e is IOException or SocketException or ObjectDisposedException or InvalidDataException or InvalidOperationException;
}
