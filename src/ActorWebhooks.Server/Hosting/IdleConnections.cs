using Microsoft.AspNetCore.Connections;

namespace ActorWebhooks.Server.Hosting;

/// <summary>
/// The connections to the API, so that those on which nothing happens cannot keep others out: when there are as many as may be, the one that
/// has been idle the longest is closed for the one that comes. May be used from any thread.
/// </summary>
/// <param name="most">How many there may be.</param>
internal sealed class IdleConnections(int most, TimeProvider time)
{
    // When all are busy, or end slowly, the next is let in all the same: there is another bound behind this one.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<ConnectionContext>> _open = new(StringComparer.Ordinal);

    // The one that has been idle the longest comes first.
    private readonly LinkedList<ConnectionContext> _idle = new();
    private TaskCompletionSource? _left;

    /// <summary>Waits until one more may come, which closes an idle one if need be.</summary>
    public async ValueTask MakeRoomAsync(CancellationToken cancellationToken)
    {
        while (TryMakeRoom(out var left) is { } longestIdle)
        {
            longestIdle.Abort(new ConnectionAbortedException("It was idle, and another one came."));
            try
            {
                await left.WaitAsync(Patience, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                return;
            }
        }
    }

    /// <summary>Runs a connection from its begin to its end.</summary>
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        lock (_gate)
            _open[connection.ConnectionId] = _idle.AddLast(connection);
        try
        {
            await next(connection);
        }
        finally
        {
            Leave(connection.ConnectionId);
        }
    }

    /// <summary>A request has begun on the connection, or has ended.</summary>
    public void SetBusy(string connection, bool isBusy)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(connection, out var place))
                return;
            if (place.List is not null)
                _idle.Remove(place);
            if (!isBusy)
                _idle.AddLast(place);
        }
    }

    /// <returns>What has to be closed; null when there is room, or when none is idle.</returns>
    private ConnectionContext? TryMakeRoom(out Task left)
    {
        lock (_gate)
        {
            left = Task.CompletedTask;
            if (_open.Count < most || _idle.First is not { } longest)
                return null;
            _idle.Remove(longest);
            _left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            left = _left.Task;
            return longest.Value;
        }
    }

    private void Leave(string connection)
    {
        lock (_gate)
        {
            if (_open.Remove(connection, out var place) && place.List is not null)
                _idle.Remove(place);
            _left?.TrySetResult();
        }
    }
}
