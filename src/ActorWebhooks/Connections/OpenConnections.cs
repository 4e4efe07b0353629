using System.Net.Sockets;

namespace ActorWebhooks.Connections;

/// <summary>
/// The connections of a node that are open, being opened or idle: never more than its bound. One more takes the place of the one that has
/// been idle longest. As no more attempts than that are under way, and each keeps one connection, there is an idle one as a rule; else
/// opening waits, within the timeout of its attempt.
/// </summary>
internal sealed class OpenConnections(int max)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<ConnectionHandle> _idle = new();
    private readonly Queue<TaskCompletionSource<ConnectionHandle>> _waiting = new();
    private int _open;

    public int Open => Volatile.Read(ref _open);

    /// <param name="scope">The attempt that it is opened for.</param>
    /// <param name="connect">Opens it.</param>
    public async ValueTask<Stream> ConnectAsync(
        AttemptScope? scope, Func<CancellationToken, ValueTask<Stream>> connect, CancellationToken cancellationToken)
    {
        var handle = await TakeAsync(scope, cancellationToken).ConfigureAwait(false);
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, handle.Evicted);
            var stream = await connect(either.Token).ConfigureAwait(false);
            if (stream is not NetworkStream network)
                return stream;
            var counted = new CountedStream(network.Socket, handle);
            handle.Attach(counted);
            if (handle.Evicted.IsCancellationRequested)
                counted.Dispose();
            return counted;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>The attempt is over: nobody needs its connection, which may be used again.</summary>
    public void End(AttemptScope scope)
    {
        ConnectionHandle? evicted = null;
        lock (_lock)
        {
            scope.IsOver = true;
            if (scope.Connection is { } connection)
                evicted = Rest(connection);
        }

        evicted?.Close();
    }

    public void Use(ConnectionHandle handle, AttemptScope scope)
    {
        ConnectionHandle? evicted = null;
        lock (_lock)
        {
            if (handle.IsEvicted)
                throw new ConnectionEvictedException();
            if (scope.IsOver)
                return;
            if (handle.Idle is { } idle)
                _idle.Remove(idle);
            handle.Idle = null;
            // It was opened for another attempt, which does not need it now.
            if (handle.User is { } former && former.Connection == handle)
                former.Connection = null;
            handle.User = scope;
            // The one that was being opened for this attempt is not needed now.
            if (scope.Connection is { } other && other != handle)
                evicted = Rest(other);
            scope.Connection = handle;
        }

        evicted?.Close();
    }

    public void Free(ConnectionHandle handle)
    {
        lock (_lock)
        {
            if (handle.IsFree)
                return;
            handle.IsFree = true;
            if (handle.Idle is { } idle)
                _idle.Remove(idle);
            handle.Idle = null;
            if (handle.User?.Connection == handle)
                handle.User.Connection = null;
            while (_waiting.TryDequeue(out var next))
            {
                if (next.TrySetResult(new ConnectionHandle(this)))
                    return;
            }

            _open--;
        }
    }

    private async ValueTask<ConnectionHandle> TakeAsync(AttemptScope? scope, CancellationToken cancellationToken)
    {
        TaskCompletionSource<ConnectionHandle>? turn = null;
        ConnectionHandle? handle = null;
        ConnectionHandle? evicted = null;
        lock (_lock)
        {
            if (_open < max)
            {
                _open++;
                handle = new ConnectionHandle(this);
            }
            else
            {
                turn = new TaskCompletionSource<ConnectionHandle>(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Enqueue(turn);
                evicted = _idle.First is { } oldest ? Evict(oldest.Value) : null;
            }
        }

        evicted?.Close();
        if (turn is not null)
        {
            await using var cancelled = cancellationToken.UnsafeRegister(
                static (source, token) => ((TaskCompletionSource<ConnectionHandle>)source!).TrySetCanceled(token), turn);
            handle = await turn.Task.ConfigureAwait(false);
        }

        Claim(handle!, scope);
        return handle!;
    }

    private void Claim(ConnectionHandle handle, AttemptScope? scope)
    {
        ConnectionHandle? evicted = null;
        lock (_lock)
        {
            handle.User = scope;
            if (scope is { IsOver: false })
            {
                if (scope.Connection is { } other)
                    evicted = Rest(other);
                scope.Connection = handle;
            }
            else
            {
                evicted = Rest(handle);
            }
        }

        evicted?.Close();
    }

    // Nobody needs it. To be closed at once if somebody waits.
    private ConnectionHandle? Rest(ConnectionHandle handle)
    {
        if (handle.User?.Connection == handle)
            handle.User.Connection = null;
        if (handle.IsFree || handle.IsEvicted)
            return null;
        handle.User = null;
        if (_waiting.Count > 0)
            return Evict(handle);
        handle.Idle ??= _idle.AddLast(handle);
        return null;
    }

    private ConnectionHandle Evict(ConnectionHandle handle)
    {
        if (handle.Idle is { } idle)
            _idle.Remove(idle);
        handle.Idle = null;
        handle.IsEvicted = true;
        return handle;
    }
}
