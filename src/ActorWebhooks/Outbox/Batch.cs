namespace ActorWebhooks.Outbox;

/// <summary>The events of one HTTP request. A retry sends the same bytes under the same id.</summary>
/// <param name="Id">32 hexadecimal digits; no dots, as Standard Webhooks asks.</param>
/// <param name="Events">In order.</param>
/// <param name="Body">What is sent.</param>
/// <param name="IsFull">Whether the limit of bytes is what ended it.</param>
internal sealed record Batch(string Id, EventRun Events, BatchBody Body, bool IsFull)
{
    public static Batch Of(EventRun events, bool isFull) =>
        new(Guid.CreateVersion7().ToString("N"), events, new BatchBody(events), isFull);
}
