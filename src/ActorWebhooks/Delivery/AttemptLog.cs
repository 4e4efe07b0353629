namespace ActorWebhooks.Delivery;

/// <summary>The latest attempts of one webhook, oldest first. When the responses take too much, the older ones are forgotten first.</summary>
internal sealed class AttemptLog
{
    public const int MaxAttempts = 100;
    public const int MaxResponseCharacters = 64 * 1024;

    private readonly Queue<Attempt> _attempts = new();
    private int _responseCharacters;

    public IReadOnlyCollection<Attempt> All => _attempts;

    public Attempt? Latest { get; private set; }

    public void Add(Attempt attempt)
    {
        Latest = attempt;
        _attempts.Enqueue(attempt);
        _responseCharacters += attempt.Outcome.Response.Length;
        while (_attempts.Count > MaxAttempts || _responseCharacters > MaxResponseCharacters)
            _responseCharacters -= _attempts.Dequeue().Outcome.Response.Length;
    }
}
