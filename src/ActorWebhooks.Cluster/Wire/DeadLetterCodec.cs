using System.Collections.Immutable;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Text;

namespace ActorWebhooks.Cluster.Wire;

/// <summary>Pages of dead letters.</summary>
internal static class DeadLetterCodec
{
    // A block that is empty; reading it is the fault, if it is one.
    private const int LeastLetter = 1;

    // A row that cannot be read is one letter with all that is in it.
    private const int MaxShown = 320 * 1024;

    public static void WritePage(WireWriter to, DeadLetterPage page)
    {
        to.Number(page.Letters.Length);
        foreach (var letter in page.Letters)
            to.Block(letter, Write);
        to.TextOrNull(page.Next);
    }

    public static DeadLetterPage ReadPage(WireReader from)
    {
        var letters = ImmutableArray.CreateBuilder<DeadLetter>(from.Count(LeastLetter));
        while (letters.Count < letters.Capacity)
            letters.Add(Read(from.Block()));
        return new DeadLetterPage(letters.MoveToImmutable(), from.TextOrNull());
    }

    private static void Write(WireWriter to, DeadLetter letter)
    {
        to.Bytes(Shown(letter.Event).Encoded);
        to.OneOf(letter.Reason >= DeadLetterReason.Poisonous ? DeadLetterReason.Refused : letter.Reason);
        to.Time(letter.At);
        to.NumberOrNull(letter.Status);
        to.Text(letter.Response);
        to.Newer(letter.Reason, DeadLetterReason.Poisonous);
    }

    private static WebhookEvent Shown(WebhookEvent e) => e.Encoded.Length <= MaxShown
        ? e
        : WebhookEvent.Create(e.Type, new { notShown = $"{e.Data.Length} bytes, too much to show on another node" }, e.Id, e.CreatedAt);

    private static DeadLetter Read(WireReader from)
    {
        var e = EventCodec.Read(from.Bytes());
        var letter = new DeadLetter(e, from.OneOf<DeadLetterReason>(), from.Time(), from.IntOrNull(), OutsideText.Clean(from.Text()));
        return letter with { Reason = from.Newer(letter.Reason, DeadLetterReason.Poisonous) };
    }
}
