using System.Net;

namespace ActorWebhooks.Server.Intake;

/// <summary>
/// How many bytes of request bodies, and of the events in them, are in memory at once, over all requests. The last quarter is for small
/// bodies, and the last eighth for another address. When it is full, requests give way whose body arrives slowly, or whose answer is taken
/// slowly. May be used from any thread.
/// </summary>
internal sealed class BodyBudget(long maxBytes, TimeProvider time)
{
    /// <summary>How long a request may go on without a step of its body or answer before it may be stopped for others.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private const int Small = 1024 * 1024;

    // For as many bodies to end as it takes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly HashSet<BodyShare> _shares = [];
    private readonly Dictionary<IPAddress, long> _ofAddress = [];
    private long _used;
    private TaskCompletionSource? _returned;

    public long Now => time.GetTimestamp();

    /// <summary>The body begins to arrive, or the answer to be taken.</summary>
    /// <param name="stop">Stops that, if others need the room.</param>
    public void BeginTransfer(BodyShare share, Action stop)
    {
        lock (_gate)
        {
            share.Begin(Now);
            share.Stop = stop;
        }
    }

    public void EndTransfer(BodyShare share)
    {
        lock (_gate)
            share.Stop = null;
    }

    /// <summary>Counts more bytes for a request, and has slow requests give way if need be.</summary>
    /// <returns>False when there was no room, or it was cancelled before there was.</returns>
    public ValueTask<bool> TakeAsync(BodyShare share, int bytes, CancellationToken cancellationToken) =>
        TryTake(share, bytes, mayStop: false, out _, out _)
            ? ValueTask.FromResult(true)
            : new ValueTask<bool>(TakeWhenOthersStopAsync(share, bytes, cancellationToken));

    /// <summary>The request is done with all that it took.</summary>
    public void Return(BodyShare share)
    {
        lock (_gate)
        {
            Count(share, -share.Bytes);
            _returned?.TrySetResult();
            _returned = null;
        }
    }

    private async Task<bool> TakeWhenOthersStopAsync(BodyShare share, int bytes, CancellationToken cancellationToken)
    {
        var since = Now;
        share.IsWaiting = true;
        try
        {
            while (!TryTake(share, bytes, mayStop: time.GetElapsedTime(since) < Patience, out var stop, out var returned))
            {
                if (stop is null)
                    return false;
                stop();
                await returned.WaitAsync(Patience, time, cancellationToken);
            }

            return true;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return false;
        }
        finally
        {
            share.Begin(Now);
            share.IsWaiting = false;
        }
    }

    /// <param name="stop">Stops the slowest request, to be called outside of the lock; null when none may be stopped.</param>
    /// <param name="returned">Completes when any request has returned what it had.</param>
    private bool TryTake(BodyShare share, int bytes, bool mayStop, out Action? stop, out Task returned)
    {
        (stop, returned) = (null, Task.CompletedTask);
        lock (_gate)
        {
            if (Fits(share, bytes, out var isOfAddress))
            {
                Count(share, bytes);
                return true;
            }

            if (!mayStop || Slowest(share, isOfAddress) is not { } slowest)
                return false;
            stop = slowest.Stop;
            slowest.Stop = null;
            _returned ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            returned = _returned.Task;
            return false;
        }
    }

    /// <param name="isOfAddress">Whether it is others of the same address that leave no room.</param>
    private bool Fits(BodyShare share, int bytes, out bool isOfAddress)
    {
        var most = share.Bytes + bytes <= Small ? maxBytes : maxBytes - (maxBytes / 4);
        isOfAddress = share.Address is { } address
            && _ofAddress.GetValueOrDefault(address) is var ofAddress
            && ofAddress > share.Bytes
            && ofAddress + bytes > maxBytes - (maxBytes / 8);
        return !isOfAddress && _used + bytes <= most;
    }

    private BodyShare? Slowest(BodyShare asking, bool isOfAddress)
    {
        BodyShare? slowest = null;
        foreach (var share in _shares)
        {
            if (share is { Stop: not null, IsWaiting: false }
                && share != asking
                && (!isOfAddress || asking.Address!.Equals(share.Address))
                && time.GetElapsedTime(share.LatestStep) >= Grace
                && (slowest is null || share.LatestStep < slowest.LatestStep))
                slowest = share;
        }

        return slowest;
    }

    private void Count(BodyShare share, long bytes)
    {
        _used += bytes;
        share.Bytes += bytes;
        if (share.Bytes > 0)
            _shares.Add(share);
        else
            _shares.Remove(share);
        if (share.Address is not { } address)
            return;
        var ofAddress = _ofAddress.GetValueOrDefault(address) + bytes;
        if (ofAddress == 0)
            _ofAddress.Remove(address);
        else
            _ofAddress[address] = ofAddress;
    }
}
