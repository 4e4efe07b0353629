namespace ActorWebhooks.DeadLetters;

/// <summary>Some dead letters of a webhook, by the ids of their events, that are to be put back into the outbox or dropped alone.</summary>
/// <param name="ids">Every letter of these events is meant; there may be more than one of an event.</param>
/// <param name="isDrop">Whether they are dropped, and not put back.</param>
/// <param name="done">Is told once how many were taken.</param>
internal sealed class LetterSelection(IReadOnlySet<string> ids, bool isDrop, Action<int> done)
{
    private readonly HashSet<string> _missing = [.. ids];
    private int _taken;

    public bool IsDrop => isDrop;

    /// <summary>Whether a letter of each event was found.</summary>
    public bool IsComplete => _missing.Count == 0;

    public bool Has(DeadLetter letter) => ids.Contains(letter.Event.Id);

    /// <summary>A letter was found, and is taken.</summary>
    public void Take(DeadLetter letter)
    {
        _missing.Remove(letter.Event.Id);
        _taken++;
    }

    /// <summary>No more are looked for.</summary>
    public void End() => done(_taken);
}
