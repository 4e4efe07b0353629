using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorWebhooks.Server.Tests.Clustering.Harness;

/// <summary>
/// What lies between the nodes: each is reached through it, and can be cut off from the others, or from one of them. What is said meanwhile is
/// held up, as TCP does, and comes through when it is healed.
/// </summary>
internal sealed class Network : IAsyncDisposable
{
    private readonly Addresses _addresses;
    private readonly List<TcpListener> _doors = [];
    private readonly List<Task> _work = [];
    private readonly CancellationTokenSource _end = new();
    private readonly int _nodes;
    private volatile Cut? _cut;

    public Network(Addresses addresses, int nodes)
    {
        (_addresses, _nodes) = (addresses, nodes);
        for (var node = 0; node < nodes; node++)
        {
            var (host, port) = addresses.Of(node);
            var door = new TcpListener(IPAddress.Parse(host), port);
            door.Start();
            _doors.Add(door);
            _work.Add(AcceptAsync(door, node));
        }
    }

    public void CutOff(int node) => _cut = new Cut((from, to) => from == node || to == node);

    public void CutLink(int one, int other) => _cut = new Cut((from, to) => (from == one && to == other) || (from == other && to == one));

    public void Heal()
    {
        var cut = _cut!;
        _cut = null;
        cut.Healed.SetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var door in _doors)
            door.Dispose();
        await Task.WhenAll(_work);
        _end.Dispose();
    }

    private async Task AcceptAsync(TcpListener door, int to)
    {
        try
        {
            while (true)
                _ = ConnectAsync(await door.AcceptSocketAsync(_end.Token), to);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task ConnectAsync(Socket caller, int to)
    {
        using var target = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            using (caller)
            {
                var (from, said) = await ReadCallerAsync(caller);
                await PassAsync(from, to);
                var (host, port) = _addresses.Behind(to);
                await target.ConnectAsync(host, port, _end.Token);
                await target.SendAsync(said, _end.Token);
                await Task.WhenAll(PumpAsync(caller, target, from, to), PumpAsync(target, caller, to, from));
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or IOException)
        {
            // One of them has gone, and with that its connection.
        }
    }

    // The first that a node says is where others reach it.
    private async Task<(int Node, byte[] Said)> ReadCallerAsync(Socket caller)
    {
        var buffer = new byte[64 * 1024];
        for (var length = 0; ;)
        {
            var read = await caller.ReceiveAsync(buffer.AsMemory(length), _end.Token);
            if (read == 0)
                throw new IOException("It ended before it said who it is.");
            length += read;
            for (var node = 0; node < _nodes; node++)
            {
                if (buffer.AsSpan(0, length).IndexOf(Encoding.ASCII.GetBytes(_addresses.Of(node).Host)) >= 0)
                    return (node, buffer[..length]);
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to, int speaker, int listener)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _end.Token) is var length and > 0)
            {
                await PassAsync(speaker, listener);
                for (var sent = 0; sent < length;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, length - sent), _end.Token);
            }
        }
        finally
        {
            // That one has gone is not heard of either.
            await PassAsync(speaker, listener);
            from.Dispose();
            to.Dispose();
        }
    }

    private async Task PassAsync(int from, int to)
    {
        while (_cut is { } cut && cut.Holds(from, to))
            await cut.Healed.Task.WaitAsync(_end.Token);
    }

    private sealed record Cut(Func<int, int, bool> Holds)
    {
        public TaskCompletionSource Healed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
