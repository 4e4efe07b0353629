using System.Collections.Immutable;
using System.Globalization;

namespace ActorWebhooks.DeadLetters;

/// <summary>The latest dead letters of one webhook, oldest first, bounded by number and bytes.</summary>
/// <param name="tryRequeue">Puts an event back into the outbox, if that has room.</param>
internal sealed class MemoryDeadLetters(DeadLetterLimits limits, Func<WebhookEvent, bool> tryRequeue) : IDeadLetters
{
    private const int Overhead = 256;

    private readonly Queue<DeadLetter> _letters = new();
    private long _bytes;

    // How many there were before the oldest that is kept.
    private long _gone;

    public int Count => _letters.Count;

    /// <param name="after">What <see cref="DeadLetterPage.Next"/> of the page before it was; null for the first page.</param>
    /// <exception cref="FormatException">It was not that.</exception>
    public DeadLetterPage PageAfter(string? after, int limit)
    {
        var skip = after is null ? 0 : (int)Math.Clamp(long.Parse(after, NumberStyles.None, CultureInfo.InvariantCulture) - _gone, 0, _letters.Count);
        var bytes = 0;
        var page = _letters.Skip(skip).Take(limit)
            .TakeWhile(letter => (bytes += DeadLetterPage.CostOf(letter)) <= DeadLetterPage.MaxBytes || bytes == DeadLetterPage.CostOf(letter))
            .ToImmutableArray();
        var end = skip + page.Length;
        return new DeadLetterPage(page, end < _letters.Count ? (_gone + end).ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <returns>The latest letter of an event; null if none is kept.</returns>
    public DeadLetter? Find(string eventId) => _letters.LastOrDefault(letter => letter.Event.Id == eventId);

    public int Add(IReadOnlyList<DeadLetter> letters)
    {
        var gone = 0;
        foreach (var letter in letters)
        {
            _letters.Enqueue(letter);
            _bytes += CostOf(letter);
            for (; _letters.Count > limits.MaxEvents || _bytes > limits.MaxBytes; gone++)
                TakeOldest();
        }

        return gone;
    }

    public int Expire(DateTimeOffset before)
    {
        var gone = 0;
        for (; _letters.TryPeek(out var oldest) && oldest.At < before; gone++)
            TakeOldest();
        return gone;
    }

    public int Replay()
    {
        var count = 0;
        for (; _letters.TryPeek(out var letter) && tryRequeue(letter.Event); count++)
            TakeOldest();
        return count;
    }

    public bool TryTake(LetterSelection selection, out int dropped)
    {
        dropped = 0;
        for (var left = _letters.Count; left > 0; left--)
        {
            var letter = _letters.Dequeue();
            var isTaken = selection.Has(letter) && (selection.IsDrop || tryRequeue(letter.Event));
            if (!isTaken)
            {
                _letters.Enqueue(letter);
                continue;
            }

            _bytes -= CostOf(letter);
            dropped += selection.IsDrop ? 1 : 0;
            selection.Take(letter);
        }

        selection.End();
        return true;
    }

    public int Clear()
    {
        var count = _letters.Count;
        _gone += count;
        _letters.Clear();
        _bytes = 0;
        return count;
    }

    private void TakeOldest()
    {
        _bytes -= CostOf(_letters.Dequeue());
        _gone++;
    }

    private static long CostOf(DeadLetter letter) => Overhead + letter.Event.Data.Length + (2L * letter.Response.Length);
}
