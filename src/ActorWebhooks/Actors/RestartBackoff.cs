namespace ActorWebhooks.Actors;

/// <summary>How long an actor rests before it goes on after a fault, so that a fault that comes again and again costs next to nothing.</summary>
internal sealed class RestartBackoff
{
    private const int AtOnce = 3;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private TimeSpan _goesOnAt = TimeSpan.MinValue;

    /// <summary>Faults since the actor last did what it is for, or went without one for a minute.</summary>
    public int InARow { get; private set; }

    /// <summary>The actor has failed.</summary>
    /// <param name="now">Of a monotonic clock.</param>
    /// <returns>How long it rests; zero for the first faults in a row.</returns>
    public TimeSpan Next(TimeSpan now)
    {
        if (InARow > 0 && now - _goesOnAt > Longest)
            InARow = 0;
        InARow++;
        var rest = InARow <= AtOnce
            ? TimeSpan.Zero
            : TimeSpan.FromSeconds(Math.Min(First.TotalSeconds * Math.Pow(2, Math.Min(InARow - AtOnce - 1, 10)), Longest.TotalSeconds));
        _goesOnAt = now + rest;
        return rest;
    }

    /// <summary>The actor has done what it is for.</summary>
    public void Reset() => InARow = 0;
}
