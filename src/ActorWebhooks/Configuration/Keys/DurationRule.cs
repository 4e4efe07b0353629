namespace ActorWebhooks.Configuration.Keys;

/// <summary>What a key takes as a duration.</summary>
internal readonly record struct DurationRule(TimeSpan Min, TimeSpan Max)
{
    /// <summary>Whether what is beyond a bound is taken as the bound, with a warning, and not refused.</summary>
    public bool TakesBound { get; init; }

    /// <summary>A word that stands for no duration; null if there is none.</summary>
    public string? Word { get; init; }
}
