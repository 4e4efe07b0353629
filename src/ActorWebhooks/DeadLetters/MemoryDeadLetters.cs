using System.Diagnostics.CodeAnalysis;

namespace ActorWebhooks.DeadLetters;

/// <summary>The latest dead letters of one webhook, oldest first, bounded by number and bytes.</summary>
internal sealed class MemoryDeadLetters(DeadLetterLimits limits)
{
    private const int Overhead = 256;

    private readonly Queue<DeadLetter> _letters = new();
    private long _bytes;

    public int Count => _letters.Count;

    /// <summary>Oldest first.</summary>
    public IReadOnlyCollection<DeadLetter> All => _letters;

    /// <returns>How many had to go to make room, the new one itself if it is too large.</returns>
    public int Add(DeadLetter letter)
    {
        _letters.Enqueue(letter);
        _bytes += CostOf(letter);
        var gone = 0;
        for (; _letters.Count > limits.MaxEvents || _bytes > limits.MaxBytes; gone++)
            TakeOldest();
        return gone;
    }

    public bool TryPeek([NotNullWhen(true)] out DeadLetter? oldest) => _letters.TryPeek(out oldest);

    public DeadLetter TakeOldest()
    {
        var oldest = _letters.Dequeue();
        _bytes -= CostOf(oldest);
        return oldest;
    }

    /// <returns>How many there were.</returns>
    public int Clear()
    {
        var count = _letters.Count;
        _letters.Clear();
        _bytes = 0;
        return count;
    }

    private static long CostOf(DeadLetter letter) => Overhead + letter.Event.Data.Length + (2L * letter.Response.Length);
}
