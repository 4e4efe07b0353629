using ActorWebhooks.Journal.Rows;
using Akka.Actor;

namespace ActorWebhooks.Journal.Requests;

/// <summary>What a webhook asks of the journal. Every request is answered with one <see cref="JournalAnswer"/> of the same number.</summary>
/// <param name="Number">Tells requests of one webhook apart.</param>
/// <param name="PersistenceId">The stream.</param>
internal abstract record JournalRequest(long Number, string PersistenceId) : INoSerializationVerificationNeeded;

/// <summary>Append a row; answered with <see cref="RowWritten"/> once it is safe.</summary>
internal sealed record WriteRow(long Number, string PersistenceId, long Row, JournalRow Content) : JournalRequest(Number, PersistenceId);

/// <summary>Read some rows; answered with <see cref="RowsRead"/>. To read no row tells how many there are.</summary>
/// <param name="MaxBytes">Once there are so many bytes, further rows are left out; the first row never is.</param>
internal sealed record ReadRows(long Number, string PersistenceId, long From, long To, long MaxBytes) : JournalRequest(Number, PersistenceId)
{
    /// <summary>Further rows are left out.</summary>
    public int MaxRows { get; init; } = int.MaxValue;
}

/// <summary>Delete the rows up to this one; answered with <see cref="RowsDeleted"/>.</summary>
internal sealed record DeleteRows(long Number, string PersistenceId, long To) : JournalRequest(Number, PersistenceId);
