using System.Diagnostics;
using ActorWebhooks.LoadTest.Contenders;
using ActorWebhooks.LoadTest.Receiving;
using ActorWebhooks.LoadTest.Running;

namespace ActorWebhooks.LoadTest.Backlog;

/// <summary>Publishes numbered events until there is a receipt for each. What was refused for want of room is published again.</summary>
internal sealed class BacklogFill(IWebhookPublisher publisher, LoadPlan plan)
{
    private const int Block = 1_000;
    private const int BlocksUnderWay = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _padding = SignIn.PaddingFor(plan.EventBytes);
    private long _refused;

    public long Refused => Volatile.Read(ref _refused);

    public async Task RunAsync()
    {
        var underWay = new Queue<Task>();
        for (var first = 0; first < plan.Events; first += Block)
        {
            if (underWay.Count == BlocksUnderWay)
                await underWay.Dequeue();
            underWay.Enqueue(PublishAsync(first, Math.Min(Block, plan.Events - first)));
        }

        await Task.WhenAll(underWay);
    }

    private async Task PublishAsync(int first, int count)
    {
        WebhookEvent[] left = [.. Enumerable.Range(first, count).Select(Create)];
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var receipt = await publisher.PublishAsync(new WebhookEvents(left));
            if (receipt.IsAccepted)
                return;
            left = RefusedOf(left, receipt);
            if (receipt.Accepted > 0)
                waited.Restart();
            else if (waited.Elapsed > Patience)
                throw new TimeoutException("No event was accepted for a minute.");
            await Task.Delay(Pause);
        }
    }

    private WebhookEvent[] RefusedOf(WebhookEvent[] events, PublishReceipt receipt)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var refusal in receipt.Refusals)
        {
            if (refusal.Reason is not (RefusalReason.OutboxFull or RefusalReason.NodeFull))
                throw new InvalidOperationException($"The engine refused an event: {refusal.Reason}.");
            ids.Add(refusal.EventId);
        }

        Interlocked.Add(ref _refused, ids.Count);
        return [.. events.Where(e => ids.Contains(e.Id))];
    }

    private WebhookEvent Create(int number) => WebhookEvent.Create(
        SignIn.Type, SignIn.Create(_padding) with { SentAt = EventNumbers.First + number }, SignInJson.Default.SignIn);
}
