using ActorWebhooks.Configuration;
using ActorWebhooks.Lookup;
using ActorWebhooks.Matching;
using ActorWebhooks.Server.Api.Status;

namespace ActorWebhooks.Server.Api.Why;

/// <summary>What became of an event at one webhook, as the API shows it.</summary>
/// <param name="Patterns">Those that take the event in; null when its type is not known.</param>
/// <param name="NotKnown">Why the answer is not certain.</param>
internal sealed record WhyView(
    string Webhook,
    string Fate,
    string Text,
    IReadOnlyList<string>? Patterns,
    string? ExcludedBy,
    LetterView? DeadLetter,
    IReadOnlyList<AttemptView> Attempts,
    int MoreAttempts,
    IReadOnlyList<string> NotKnown)
{
    private const string NotMatched = "not-matched";
    private const string Excluded = "excluded";

    /// <param name="findings">Null when the webhook did not answer.</param>
    /// <param name="type">Of the event; null when it is not known.</param>
    public static WhyView Of(WebhookDefinition webhook, EventFindings? findings, string? type)
    {
        var reason = type is null ? null : PatternReason.Of(webhook.Events, type);
        var (fate, text) = findings is null
            ? (Words.Kebab(EventFate.Unknown), "It did not answer in time.")
            : FateOf(findings, reason);
        return new WhyView(
            webhook.Id,
            fate,
            text,
            reason?.Includes,
            reason?.Exclude,
            findings?.Letter is { } letter ? LetterView.Of(letter) : null,
            [.. (findings?.Attempts ?? []).Select(AttemptView.Of)],
            findings?.MoreAttempts ?? 0,
            findings is null || EventVerdict.Of(findings) is not (EventFate.Unknown or EventFate.Gone) || fate is NotMatched or Excluded
                ? []
                : [.. WhyGaps.Of(findings.Gaps)]);
    }

    private static (string Fate, string Text) FateOf(EventFindings findings, PatternReason? reason)
    {
        var fate = EventVerdict.Of(findings);
        if (fate == EventFate.Unknown && findings.Attempts.IsEmpty && reason is { IsReached: false })
        {
            return reason.Exclude is { } exclude
                ? (Excluded, $"As it is configured now, {exclude} keeps the type of the event away.")
                : (NotMatched, "As it is configured now, no pattern takes the type of the event in.");
        }

        return (Words.Kebab(fate), fate switch
        {
            EventFate.Delivered => $"Delivered at {findings.Attempts[^1].At:O}.",
            EventFate.Waiting when findings.Place == EventPlace.InBatch => "It is in the batch that is being sent, or sent next.",
            EventFate.Waiting => "It waits to be sent.",
            EventFate.Dead => $"It has been a dead letter since {findings.Letter!.At:O}: {Words.Kebab(findings.Letter.Reason)}.",
            EventFate.DeadLetterGone => "It became a dead letter, which was dropped since, or grew too old.",
            EventFate.Dropped => "It was dropped when its attempt failed, as the webhook is lossy.",
            EventFate.Gone => "The latest attempt that is kept failed, and it does not wait any more: it was delivered by an attempt in the last seconds before a crash, which are not kept, or became a dead letter that is gone, or was lost.",
            _ when findings.Attempts.IsEmpty => "Nothing is known of it.",
            _ => "It was sent and not delivered; whether it still waits is not known.",
        });
    }
}
