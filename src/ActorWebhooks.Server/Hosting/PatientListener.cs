using System.Net;
using System.Net.Sockets;
using ActorWebhooks.Server.Intake;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace ActorWebhooks.Server.Hosting;

/// <summary>
/// Accepts connections. When the process may open no more files, it waits a moment before it tries again, and callers wait in the queue of
/// the system; Kestrel's own listener tries again at once, for ever, and takes a whole core for it.
/// </summary>
internal sealed partial class PatientListener(
    Socket socket, SocketConnectionContextFactory contexts, ConnectionSeats seats, ILogger logger, TimeProvider time) : IConnectionListener
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BetweenReports = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stop = new();
    private TimeSpan _pause;
    private SeatCounts _reported;
    private long? _reportedAt;

    public EndPoint EndPoint => socket.LocalEndPoint!;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var accepted = await socket.AcceptAsync(cancellationToken);
                EndPause();
                if (await SeatAsync(accepted) is { } connection)
                    return connection;
            }
            catch (Exception e) when (e is ObjectDisposedException or OperationCanceledException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return null;
            }
            catch (SocketException e)
            {
                if (IsOfTheNode(e.SocketErrorCode) && !await TryPauseAsync(e, cancellationToken))
                    return null;
                // Else the caller has gone away before it was accepted.
            }
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _stop.Cancel();
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _stop.Cancel();
        socket.Dispose();
        contexts.Dispose();
        _stop.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <returns>Null when there is no seat, and the caller was sent away.</returns>
    private async ValueTask<ConnectionContext?> SeatAsync(Socket accepted)
    {
        ConnectionSeat? seat = null;
        try
        {
            accepted.NoDelay = true;
            seat = await seats.TakeAsync(((IPEndPoint)accepted.RemoteEndPoint!).Address, _stop.Token);
            Report();
            if (seat is null)
            {
                accepted.Dispose();
                return null;
            }

            var connection = contexts.Create(accepted);
            connection.Features.Set(seat);
            seats.Attach(seat, () => connection.Abort(new ConnectionAbortedException("Its place was given to another one.")));
            return connection;
        }
        catch
        {
            accepted.Dispose();
            if (seat is not null)
                seats.Leave(seat);
            throw;
        }
    }

    private void Report()
    {
        var counts = seats.Counts;
        if (counts == _reported || (_reportedAt is { } at && time.GetElapsedTime(at) < BetweenReports))
            return;
        LogFull(logger, counts.GaveWay - _reported.GaveWay, counts.Refused - _reported.Refused, counts.Postponed - _reported.Postponed);
        _reported = counts;
        _reportedAt = time.GetTimestamp();
    }

    private static bool IsOfTheNode(SocketError error) =>
        error is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable or SocketError.SystemNotReady;

    private async Task<bool> TryPauseAsync(SocketException e, CancellationToken cancellationToken)
    {
        if (_pause == TimeSpan.Zero)
            LogPause(logger, e.Message);
        _pause = _pause == TimeSpan.Zero ? FirstPause : _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
            await Task.Delay(_pause, time, either.Token);
            return true;
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }

    private void EndPause()
    {
        if (_pause != TimeSpan.Zero)
            LogEnd(logger);
        _pause = TimeSpan.Zero;
    }

    [LoggerMessage(LogLevel.Warning, "The API accepts no connections for the moment, as this node lacks what it takes: {Reason}. Callers wait.")]
    private static partial void LogPause(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "The API has as many connections as it may have, or one address has (actor-webhooks.server.max-connections, "
        + "max-connections-per-address): since the last such line {GaveWay} were closed for others, {Refused} were not taken, and {Postponed} requests were answered 503.")]
    private static partial void LogFull(ILogger logger, long gaveWay, long refused, long postponed);

    [LoggerMessage(LogLevel.Information, "The API accepts connections again.")]
    private static partial void LogEnd(ILogger logger);
}
