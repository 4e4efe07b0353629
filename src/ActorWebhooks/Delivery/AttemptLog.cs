namespace ActorWebhooks.Delivery;

/// <summary>The latest attempts of one webhook, oldest first. When what was answered takes too much, the older ones are forgotten first.</summary>
internal sealed class AttemptLog
{
    public const int MaxAttempts = 100;
    public const int MaxCharacters = 64 * 1024;

    private readonly Queue<Attempt> _attempts = new();
    private int _characters;

    public IReadOnlyCollection<Attempt> All => _attempts;

    public Attempt? Latest { get; private set; }

    public void Add(Attempt attempt)
    {
        Latest = attempt;
        _attempts.Enqueue(attempt);
        _characters += LengthOf(attempt.Outcome);
        while (_attempts.Count > MaxAttempts || _characters > MaxCharacters)
            _characters -= LengthOf(_attempts.Dequeue().Outcome);
    }

    private static int LengthOf(AttemptOutcome outcome) => outcome.Response.Length + (outcome.Error?.Length ?? 0);
}
