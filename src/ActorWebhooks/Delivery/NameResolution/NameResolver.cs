using System.Net;
using System.Net.Sockets;
using ActorWebhooks.Telemetry;

namespace ActorWebhooks.Delivery.NameResolution;

/// <summary>
/// Resolves names on a bounded number of threads of its own. The system's resolver blocks its caller for as long as a name server is
/// silent, and on the thread pool a few hundred such names stop the whole process. There is one lookup of a name at a time, and its answer is
/// kept.
/// </summary>
/// <remarks>
/// The system's resolver is used, and not one that asks name servers itself, because only it knows what this machine knows: its hosts
/// file, search domains and name services.
/// </remarks>
internal sealed class NameResolver : IDisposable
{
    private readonly Func<string, IPAddress[]> _lookUp;
    private readonly NameResolutionSettings _settings;
    private readonly TimeProvider _time;
    private readonly WebhookMetrics? _metrics;
    private readonly long _start;
    private readonly object _lock = new();
    private readonly Dictionary<string, NameEntry> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly LinkedList<NameEntry> _leastUsed = new();
    private readonly LookupQueue _queue;
    private readonly LookupThreads _threads;
    private bool _isDisposed;

    /// <param name="lookUp">Blocks until it has the addresses of a name. Throws <see cref="SocketException"/>.</param>
    /// <param name="metrics">Null when lookups are not counted.</param>
    /// <param name="startThread">Null for threads of the system.</param>
    public NameResolver(
        Func<string, IPAddress[]> lookUp, NameResolutionSettings settings, TimeProvider time, WebhookMetrics? metrics, Action<ThreadStart>? startThread = null)
    {
        (_lookUp, _settings, _time, _metrics, _start) = (lookUp, settings, time, metrics, time.GetTimestamp());
        _queue = new LookupQueue(settings.MaxThreads);
        _threads = new LookupThreads(_lock, settings.MaxThreads, settings.ThreadIdleTime, TryTake, LookUp, startThread ?? LookupThreads.StartThread);
        metrics?.WatchNames(ReadUse);
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>The system's resolver: hosts file, name servers and whatever else this machine is set up for.</summary>
    public static IPAddress[] System(string name) => Dns.GetHostAddresses(name);

    /// <returns>At least one address. Text that is an address is returned as it is.</returns>
    /// <exception cref="SocketException">There is no address, or none can be had now.</exception>
    public Task<IPAddress[]> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(name, out var address))
            return Task.FromResult<IPAddress[]>([address]);

        NameAnswer answer;
        Task<IPAddress[]>? lookup = null;
        lock (_lock)
        {
            if (_isDisposed || FindOrAdd(name) is not { } entry)
                return Refused();
            answer = entry.AnswerAt(Now, _settings);
            if (answer.NeedsLookup)
                Enqueue(entry);
            if (answer.WaitFor is not null)
            {
                _threads.EnsureOne();
                lookup = entry.Lookup!.Task;
            }
        }

        return lookup is null
            ? Give(name, answer)
            : WaitAsync(name, answer, lookup, cancellationToken);
    }

    /// <summary>Whoever waits is told that there is no answer. Lookups under way end by themselves.</summary>
    public void Dispose()
    {
        List<NameEntry> waiting;
        lock (_lock)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            waiting = [.. _names.Values.Where(entry => entry.Lookup is not null)];
            _threads.Stop();
        }

        foreach (var entry in waiting)
            Fail(entry.Lookup, entry.Name, SocketError.TryAgain);
    }

    private async Task<IPAddress[]> WaitAsync(
        string name, NameAnswer answer, Task<IPAddress[]> lookup, CancellationToken cancellationToken)
    {
        try
        {
            return await lookup.WaitAsync(answer.WaitFor!.Value, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return await Give(name, answer).ConfigureAwait(false);
        }
        catch (SocketException e) when (answer.Addresses is not null && !NameEntry.IsNotFound(e.SocketErrorCode))
        {
            return await Give(name, answer).ConfigureAwait(false);
        }
    }

    private Task<IPAddress[]> Give(string name, NameAnswer answer)
    {
        if (answer.Addresses is null)
            return Task.FromException<IPAddress[]>(ExceptionOf(name, answer.Failure!.Value));
        if (answer.Failure is not null)
            _metrics?.StaleName();
        return Task.FromResult(answer.Addresses);
    }

    private Task<IPAddress[]> Refused()
    {
        _metrics?.RefusedName();
        return Task.FromException<IPAddress[]>(
            new SocketException((int)SocketError.TryAgain, "Too many names wait for an answer of their name servers"));
    }

    private NameEntry? FindOrAdd(string name)
    {
        if (_names.TryGetValue(name, out var entry))
        {
            if (entry.Node.List is not null)
            {
                _leastUsed.Remove(entry.Node);
                _leastUsed.AddLast(entry.Node);
            }

            return entry;
        }

        if (_names.Count >= _settings.MaxNames)
        {
            if (_leastUsed.First is not { } oldest)
                return null;
            _leastUsed.Remove(oldest);
            _names.Remove(oldest.Value.Name);
        }

        _names[name] = entry = new NameEntry(name);
        _leastUsed.AddLast(entry.Node);
        return entry;
    }

    private void Enqueue(NameEntry entry)
    {
        _leastUsed.Remove(entry.Node);
        _queue.Add(entry, entry.Ask(Now));
        _threads.Wake();
    }

    private (NameEntry? Next, bool MoreWait) TryTake() => (_queue.TryTake(out var entry) ? entry : null, _queue.Waiting > 0);

    private void LookUp(NameEntry entry)
    {
        var since = _time.GetTimestamp();
        IPAddress[] addresses = [];
        var failure = SocketError.HostNotFound;
        try
        {
            addresses = _lookUp(entry.Name);
        }
        catch (SocketException e)
        {
            failure = e.SocketErrorCode;
        }
#pragma warning disable CA1031 // Whatever it is, the thread goes on, and callers are told.
        catch (Exception)
#pragma warning restore CA1031
        {
            failure = SocketError.NoRecovery;
        }

        End(entry, addresses, failure, _time.GetElapsedTime(since));
    }

    private void End(NameEntry entry, IPAddress[] addresses, SocketError failure, TimeSpan duration)
    {
        TaskCompletionSource<IPAddress[]>? lookup;
        lock (_lock)
        {
            lookup = entry.Lookup;
            _queue.End(entry);
            if (addresses.Length > 0)
                entry.Answered(addresses, Now);
            else
                entry.Failed(failure, duration >= _settings.SlowAfter, Now);
            _leastUsed.AddLast(entry.Node);
        }

        _metrics?.NameLookup(addresses.Length > 0 ? "answered" : NameEntry.IsNotFound(failure) ? "not-found" : "failed", duration);
        if (addresses.Length > 0)
            lookup!.TrySetResult(addresses);
        else
            Fail(lookup, entry.Name, failure);
    }

    private static void Fail(TaskCompletionSource<IPAddress[]>? lookup, string name, SocketError failure)
    {
        if (lookup is null)
            return;
        lookup.TrySetException(ExceptionOf(name, failure));
        // There may be nobody left who waits for it.
        _ = lookup.Task.Exception;
    }

    private static SocketException ExceptionOf(string name, SocketError failure) => new((int)failure, failure switch
    {
        SocketError.HostNotFound or SocketError.NoData => $"The name {name} has no address",
        SocketError.TryAgain => $"No name server answers for {name}",
        _ => $"The name {name} cannot be resolved ({failure})",
    });

    private NameUse ReadUse()
    {
        lock (_lock)
            return new NameUse(_queue.Waiting, _queue.Running);
    }
}
