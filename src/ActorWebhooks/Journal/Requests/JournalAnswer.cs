using System.Collections.Immutable;
using ActorWebhooks.Journal.Rows;
using Akka.Actor;

namespace ActorWebhooks.Journal.Requests;

/// <summary>What came of a <see cref="JournalRequest"/>.</summary>
internal abstract record JournalAnswer(long Number) : INoSerializationVerificationNeeded;

/// <summary>The row is safe.</summary>
internal sealed record RowWritten(long Number) : JournalAnswer(Number);

/// <param name="Rows">In order; rows that are not there are left out.</param>
/// <param name="ReadTo">Up to here the answer is complete.</param>
/// <param name="Newest">The number of the newest row of the stream; 0 when there is none.</param>
internal sealed record RowsRead(long Number, ImmutableArray<NumberedRow> Rows, long ReadTo, long Newest) : JournalAnswer(Number);

/// <summary>The rows are gone.</summary>
internal sealed record RowsDeleted(long Number) : JournalAnswer(Number);

/// <summary>The journal did not do it, or did not say so in time: a row may be written all the same.</summary>
/// <param name="IsTimeout">Whether it said nothing at all.</param>
internal sealed record JournalFailed(long Number, string Cause, bool IsTimeout = false) : JournalAnswer(Number);

/// <param name="Content">Empty if something else than a row stands there.</param>
internal readonly record struct NumberedRow(long Row, JournalRow Content);
