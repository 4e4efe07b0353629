namespace ActorWebhooks.Server.Api;

/// <summary>The answer when a webhook did not take an event.</summary>
internal static class Refusals
{
    private const int MaxListed = 100;

    public static Task WriteAsync(HttpContext context, IReadOnlyList<WebhookEvent> events, IReadOnlyList<PublishRefusal> refusals)
    {
        var refusedIds = refusals.Select(r => r.EventId).ToHashSet(StringComparer.Ordinal);
        var accepted = events.Count(e => !refusedIds.Contains(e.Id));
        var extensions = new Dictionary<string, object?>
        {
            ["accepted"] = accepted,
            ["refused"] = refusedIds.Count,
            ["refusals"] = refusals.Take(MaxListed)
                .Select(r => new Dictionary<string, string?>
                {
                    ["id"] = r.EventId,
                    ["webhook"] = r.WebhookId,
                    ["reason"] = r.Reason.ToString(),
                })
                .ToArray(),
        };

        if (refusals.All(r => r.Reason == RefusalReason.EventTooLarge))
        {
            return Problems.WriteAsync(
                context, StatusCodes.Status413PayloadTooLarge,
                "The refused events are larger than max-event-bytes and will never be taken.", extensions);
        }

        var (detail, afterSeconds) = Advice(refusals);
        return Problems.WriteTryAgainAsync(context, detail, extensions, afterSeconds);
    }

    // The longest wait that any of them asks for.
    private static (string Detail, int AfterSeconds) Advice(IReadOnlyList<PublishRefusal> refusals)
    {
        if (refusals.Any(r => r.Reason == RefusalReason.Stopping))
            return ("The server is stopping. Send the refused events again, with the same ids, when it is back.", 5);
        if (refusals.Any(r => r.Reason == RefusalReason.NotOwner))
            return ("This node does not own every webhook any more. Send the refused events again, with the same ids, to another node.", 5);
        if (refusals.Any(r => r.Reason == RefusalReason.JournalUnavailable))
        {
            return ("The journal did not confirm every event; the log says why. Send the refused events again, with the same ids: "
                + "they may arrive all the same.", 5);
        }

        return ("Not every webhook could take every event. Send the refused events again, with the same ids.", 1);
    }
}
