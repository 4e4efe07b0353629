using ActorWebhooks.DeadLetters;
using ActorWebhooks.Lookup;
using ActorWebhooks.Text;

namespace ActorWebhooks.Cluster.Wire;

/// <summary>What a webhook knows of an event.</summary>
internal static class FindingsCodec
{
    public static void Write(WireWriter to, EventFindings findings)
    {
        to.TextOrNull(findings.EventType);
        to.OneOf(findings.Place);
        to.Flag(findings.Letter is not null);
        if (findings.Letter is { } letter)
            to.Block(letter, WriteLetter);
        AttemptCodec.WriteAll(to, findings.Attempts);
        to.Number(findings.MoreAttempts);
        to.Block(findings.Gaps, WriteGaps);
    }

    public static EventFindings Read(WireReader from) => new(
        from.TextOrNull() is { } type ? OutsideText.Clean(type) : null,
        from.OneOf<EventPlace>(),
        from.Flag() ? ReadLetter(from.Block()) : null,
        AttemptCodec.ReadAll(ref from),
        from.Int(),
        ReadGaps(from.Block()));

    private static void WriteLetter(WireWriter to, FoundLetter letter)
    {
        to.OneOf(letter.Reason);
        to.Time(letter.At);
        to.NumberOrNull(letter.Status);
        to.Text(letter.Response);
    }

    private static FoundLetter ReadLetter(WireReader from) =>
        new(from.OneOf<DeadLetterReason>(), from.Time(), from.IntOrNull(), OutsideText.Clean(from.Text()));

    private static void WriteGaps(WireWriter to, LookupGaps gaps)
    {
        to.TimeOrNull(gaps.LogSince);
        to.Flag(gaps.UnreadAttempts);
        to.Number(gaps.DamagedRows);
        to.Number(gaps.MissedAttempts);
        to.Number(gaps.UnreadWaiting);
        to.Number(gaps.UnreadLetters);
    }

    private static LookupGaps ReadGaps(WireReader from) =>
        new(from.TimeOrNull(), from.Flag(), from.Int(), from.Number(), from.Int(), from.Int());
}
