namespace ActorWebhooks.Server.Tests.Durability.Rules;

/// <summary>Events that a producer sent in one request, as often as it took until it was answered 202.</summary>
/// <param name="Producer">It sends one request after the other, with consecutive events.</param>
/// <param name="First">The number of the first event.</param>
/// <param name="Count">How many events.</param>
/// <param name="IsAccepted">A 202 that names every event was read to its end.</param>
/// <param name="Cuts">Requests that went out and were never answered: whether they were taken is not known.</param>
/// <param name="Refusals">Requests answered 503: some of the events may have been taken, or may still be.</param>
internal sealed record Post(int Producer, int First, int Count, bool IsAccepted = true, int Cuts = 0, int Refusals = 0)
{
    public IEnumerable<EventKey> Events => Enumerable.Range(First, Count).Select(number => new EventKey(Producer, number));

    /// <summary>How often each event may have been taken.</summary>
    public int MostTakes => Cuts + Refusals + (IsAccepted ? 1 : 0);
}
