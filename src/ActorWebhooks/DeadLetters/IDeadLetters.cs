namespace ActorWebhooks.DeadLetters;

/// <summary>The dead letters of one webhook.</summary>
internal interface IDeadLetters
{
    int Count { get; }

    /// <summary>Keeps some, oldest first.</summary>
    /// <returns>How many had to go to make room, of these too if there are too many.</returns>
    int Add(IReadOnlyList<DeadLetter> letters);

    /// <summary>Lets go of those that are older, unless they are looked after elsewhere.</summary>
    /// <returns>How many.</returns>
    int Expire(DateTimeOffset before);

    /// <summary>Puts them back into the outbox, oldest first, as far as it has room.</summary>
    /// <returns>How many.</returns>
    int Replay();

    /// <summary>Begins to put some of them back into the outbox, as far as it has room, or to drop them. The selection is told the end.</summary>
    /// <param name="dropped">How many are dropped now. Those that are dropped later are counted then.</param>
    /// <returns>False when too many selections are under way, or all letters are being put back.</returns>
    bool TryTake(LetterSelection selection, out int dropped);

    /// <summary>Forgets them.</summary>
    /// <returns>How many.</returns>
    int Clear();
}
