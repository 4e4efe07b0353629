using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ActorWebhooks.Cluster.Tests.Port;

/// <summary>A way to a port on which connections can be held: they are open, and nothing comes through until they are released.</summary>
internal sealed class HeldConnection : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="target">The port to which it leads.</param>
    public HeldConnection(int target)
    {
        Target = target;
        _released.SetResult();
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Target { get; }

    /// <returns>Completes when there is a connection that waits.</returns>
    public Task HoldAsync()
    {
        _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return _held.Task;
    }

    /// <summary>Connections that are open break, without a word.</summary>
    public void Cut()
    {
        // The other half of a connection may be closing already.
        foreach (var socket in _open.Keys)
            socket.Close(0);
    }

    public void Release() => _released.TrySetResult();

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = PassAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It is over.
        }
    }

    private async Task PassAsync(TcpClient from)
    {
        using var owned = from;
        using var to = new TcpClient();
        var (near, far) = (from.Client, to.Client);
        (_open[near], _open[far]) = (true, true);
        try
        {
            if (!_released.Task.IsCompleted)
                _held.TrySetResult();
            await _released.Task;
            await to.ConnectAsync(IPAddress.Loopback, Target, _stop.Token);
            await Task.WhenAny(from.GetStream().CopyToAsync(to.GetStream(), _stop.Token), to.GetStream().CopyToAsync(from.GetStream(), _stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // Both ends are closed.
        }
        finally
        {
            _open.TryRemove(near, out _);
            _open.TryRemove(far, out _);
        }
    }
}
