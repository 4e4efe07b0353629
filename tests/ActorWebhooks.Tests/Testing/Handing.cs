using System.Text;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Tests.Testing;

/// <summary>Hands events to an outbox and reads them again.</summary>
internal static class Handing
{
    public static IEnumerable<string> Ids(this EventRun events) => events.Decode().Select(e => e.Id);

    public static byte[] Bytes(this BatchBody body)
    {
        var bytes = new List<byte>();
        foreach (var piece in body.Pieces)
            bytes.AddRange(piece.Span);
        return [.. bytes];
    }

    public static string Text(this BatchBody body) => Encoding.UTF8.GetString(body.Bytes());

    /// <summary>Events in a row, so many of them a page.</summary>
    public static EventRun Run(int eventsOfPage, params IEnumerable<WebhookEvent> events) => new([.. events.Chunk(eventsOfPage).Select(Slice)]);

    /// <summary>Puts an event into an intake, if the budget has room for it.</summary>
    public static bool TryAdd(this OutboxIntake intake, OutboxBudget budget, WebhookEvent e)
    {
        if (budget.TryTake(OutboxBudget.CostOf(e)) is not null)
            return false;
        intake.Append(e);
        return true;
    }

    /// <summary>All that are kept.</summary>
    public static IEnumerable<DeadLetter> All(this IDeadLetters letters) => ((MemoryDeadLetters)letters).PageAfter(null, int.MaxValue).Letters;

    public static int Add(this MemoryDeadLetters letters, DeadLetter letter) => letters.Add([letter]);

    /// <summary>What has come to an intake.</summary>
    public static List<WebhookEvent> Take(this OutboxIntake intake)
    {
        var queue = new EventQueue();
        return intake.TakeInto(queue) == 0 ? [] : queue.Take(queue.Count).Decode();
    }

    private static EventSlice Slice(WebhookEvent[] events)
    {
        var page = new EventPage(events.Sum(e => EventPage.CapacityFor(e.Encoded.Length) + BatchBody.SeparatorLength));
        foreach (var e in events)
            Assert.True(page.TryAppend(e.Encoded, default));
        return new EventSlice(page, 0, page.Count);
    }
}
