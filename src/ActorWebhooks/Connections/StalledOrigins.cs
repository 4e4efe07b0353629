namespace ActorWebhooks.Connections;

/// <summary>
/// Origins at which requests in HTTP/2 came to a standstill. One connection carries the requests of all webhooks of an origin there, and an endpoint that
/// reads nothing uses up what may be on the way on it. For some time requests to such an origin have connections of their own. May be used from any
/// thread.
/// </summary>
internal sealed class StalledOrigins
{
    private const int Most = 1_000;

    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, TimeSpan> _until = new(StringComparer.Ordinal);
    private volatile bool _hasAny;

    public bool Has(Uri url, TimeSpan now)
    {
        if (!_hasAny)
            return false;
        lock (_gate)
            return _until.TryGetValue(OriginOf(url), out var until) && now < until;
    }

    public void Add(Uri url, TimeSpan now)
    {
        lock (_gate)
        {
            if (_until.Count >= Most)
                Forget(now);
            _until[OriginOf(url)] = now + Duration;
            _hasAny = true;
        }
    }

    private void Forget(TimeSpan now)
    {
        foreach (var (origin, until) in _until.ToArray())
        {
            if (until <= now)
                _until.Remove(origin);
        }

        if (_until.Count >= Most)
            _until.Clear();
    }

    private static string OriginOf(Uri url) => url.GetLeftPart(UriPartial.Authority);
}
