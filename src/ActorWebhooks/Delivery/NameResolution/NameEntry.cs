using System.Net;
using System.Net.Sockets;

namespace ActorWebhooks.Delivery.NameResolution;

/// <summary>What is known about one name. All times are measured from the start of the resolver. Not safe for use by several threads.</summary>
internal sealed class NameEntry
{
    private IPAddress[]? _addresses;
    private TimeSpan _answeredAt;
    private SocketError? _failure;
    private TimeSpan _failedAt;
    private bool _isSuspect;
    private TimeSpan _askedAt;

    public NameEntry(string name)
    {
        (Name, Domain) = (name, DomainOf(name));
        Node = new LinkedListNode<NameEntry>(this);
    }

    public string Name { get; }

    /// <summary>The last two labels: names below it are probably served by the same name servers.</summary>
    public string Domain { get; }

    /// <summary>The lane of the lookup that waits or is under way.</summary>
    public LookupLane Lane { get; set; }

    /// <summary>The lookup that waits or is under way; null when there is none.</summary>
    public TaskCompletionSource<IPAddress[]>? Lookup { get; private set; }

    /// <summary>Its place among the names without a lookup, in the order of their use.</summary>
    public LinkedListNode<NameEntry> Node { get; }

    /// <summary>What to give somebody who asks at <paramref name="now"/>.</summary>
    public NameAnswer AnswerAt(TimeSpan now, NameResolutionSettings settings)
    {
        if (_addresses is not null && now - _answeredAt < settings.AnswerLifetime)
            return new(_addresses, null, NeedsLookup: false, WaitFor: null);

        var stale = now - _answeredAt < settings.StaleLifetime ? _addresses : null;
        if (_failure is { } failure && now - _failedAt < FailureLifetime(failure, settings))
            return new(stale, failure, NeedsLookup: false, WaitFor: null);

        // Nobody waits long for a name that will probably not be answered: its lookup goes on without them.
        return new(stale, SocketError.TryAgain, Lookup is null, stale is null && !_isSuspect ? Timeout.InfiniteTimeSpan : Patience(now, settings));
    }

    /// <summary>A lookup is wanted from <paramref name="now"/> on.</summary>
    /// <returns>The lane to put it into.</returns>
    public LookupLane Ask(TimeSpan now)
    {
        _askedAt = now;
        Lookup = new TaskCompletionSource<IPAddress[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _isSuspect ? LookupLane.Suspect
            : _addresses is not null || IsLocal(Name) ? LookupLane.Known
            : LookupLane.Unknown;
    }

    /// <summary>The lookup has found addresses.</summary>
    public void Answered(IPAddress[] addresses, TimeSpan now)
    {
        (_addresses, _answeredAt, _failure, _isSuspect, Lookup) = (addresses, now, null, false, null);
    }

    /// <summary>The lookup has failed.</summary>
    /// <param name="isSlow">Whether it took long.</param>
    public void Failed(SocketError failure, bool isSlow, TimeSpan now)
    {
        (_failure, _failedAt, Lookup) = (failure, now, null);
        _isSuspect = isSlow && !IsNotFound(failure);

        // That there is no such name is an answer, and a newer one.
        if (IsNotFound(failure))
            _addresses = null;
    }

    public static bool IsNotFound(SocketError failure) => failure is SocketError.HostNotFound or SocketError.NoData;

    private static TimeSpan FailureLifetime(SocketError failure, NameResolutionSettings settings) =>
        IsNotFound(failure) ? settings.NotFoundLifetime : settings.FailureLifetime;

    private TimeSpan? Patience(TimeSpan now, NameResolutionSettings settings)
    {
        var rest = Lookup is null ? settings.SlowAfter : _askedAt + settings.SlowAfter - now;
        return rest > TimeSpan.Zero ? rest : null;
    }

    // RFC 6761, section 6.3: no name server is asked for these.
    private static bool IsLocal(string name) =>
        name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    private static string DomainOf(string name)
    {
        var end = name.EndsWith('.') ? name.Length - 1 : name.Length;
        var dot = name.AsSpan(0, end).LastIndexOf('.');
        var start = dot > 0 ? name.AsSpan(0, dot).LastIndexOf('.') + 1 : 0;
        return name[start..end];
    }
}
