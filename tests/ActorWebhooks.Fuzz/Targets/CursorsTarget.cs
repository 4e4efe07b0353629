using System.Text;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Journal;

namespace ActorWebhooks.Fuzz.Targets;

/// <summary>What a caller sends as the place where a page goes on: it is one, or the caller is told that it is none.</summary>
internal static class CursorsTarget
{
    private static readonly MemoryDeadLetters Letters = Some();

    public static FuzzTarget Target { get; } = new(
        "cursors", Bytes.Of("1-0", "17-3", "9223372036854775807-2147483647", "0", "3", "-1"), Bytes.Of("-", "--", "+", " ", "9223372036854775808", "2147483648", "0x1", "٣"), Run);

    private static void Run(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        try
        {
            var position = DeadLetterListing.Parse(text);
            if (position.Row < 0 || position.Index < 0 || DeadLetterListing.Parse(DeadLetterListing.Format(position)) != position)
                throw new InvalidOperationException($"{position} is no place.");
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            // The caller is told.
        }

        try
        {
            _ = Letters.PageAfter(text, 2);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            // The caller is told.
        }
    }

    private static MemoryDeadLetters Some()
    {
        var letters = new MemoryDeadLetters(new DeadLetterLimits(3, 1_000_000, 1_000_000, TimeSpan.FromDays(1)), _ => false);
        for (var i = 0; i < 5; i++)
            letters.Add([new DeadLetter(WebhookEvent.FromJson("a", "{}", $"{i}"), DeadLetterReason.Refused, DateTimeOffset.UnixEpoch, 422, "")]);
        return letters;
    }
}
