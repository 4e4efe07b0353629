using ActorWebhooks.DeadLetters;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Journal;

/// <summary>A row on its way to the journal. Until it is known what became of it, nothing else is written in its place.</summary>
/// <param name="Epoch">Of the owner that writes it.</param>
/// <param name="State">Where the webhook stands once it is written.</param>
/// <param name="Events">What it adds to the outbox.</param>
/// <param name="Letters">What it adds to the dead letters.</param>
/// <param name="IsReplay">Whether its events were dead letters, and so were accepted before.</param>
internal sealed record RowInFlight(
    JournalStream Stream, long Epoch, long Row, JournalRow Content, JournalState State, EventRun? Events, IReadOnlyList<DeadLetter> Letters, bool IsReplay)
{
    public RowFate Fate { get; init; } = RowFate.Unwritten;

    /// <summary>How many of its events were not accepted before.</summary>
    public int NewEvents => IsReplay ? 0 : Events?.Count ?? 0;

    /// <summary>Whether its letters are to go as soon as it is written.</summary>
    public bool IsDropped { get; init; }

    /// <summary>Of the request that is under way for it, if one is.</summary>
    public long Number { get; init; }

    /// <summary>Writes it, or asks what became of it; null while an answer is due.</summary>
    public JournalRequest? Request(JournalIds ids) => Fate switch
    {
        RowFate.Unwritten => new WriteRow(Number, ids.Of(Stream, Epoch), Row, Content),
        RowFate.Unknown => new ReadRows(Number, ids.Of(Stream, Epoch), Row, Row, long.MaxValue),
        _ => null,
    };
}
