using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;

namespace ActorWebhooks.Journal.Epochs;

/// <summary>
/// Takes a webhook over, by the journal alone: fences the former owner off, by a row where that one would write next; then claims the next
/// epoch, by a row in the stream of claims. The journal takes only one row of a number, so what the former owner committed before the fence
/// is known to the new owner, and what comes after it is refused. The fence is not deleted with the rows before it, so it holds however late
/// the former owner writes (see <see cref="FenceRetention"/>).
/// </summary>
internal sealed class OwnerClaim
{
    private readonly JournalIds _ids;
    private readonly Standing _standing;
    private readonly long _epoch;
    private readonly long _fence;
    private readonly JournalRow _fenceRow;
    private readonly JournalState _state;
    private readonly JournalRow _claimRow;
    private Step _step;
    private long _number;

    /// <param name="epoch">The newest that was claimed.</param>
    /// <param name="fence">The row that already fences its owner off; null when there is none.</param>
    /// <param name="owner">The name of this process.</param>
    public OwnerClaim(JournalIds ids, Standing standing, long epoch, long? fence, string owner, TimeProvider time)
    {
        (_ids, _standing, _epoch) = (ids, standing, epoch);
        _fence = fence ?? standing.Rows.Newest + 1;
        _state = standing.Claiming(epoch + 1, _fence);
        _fenceRow = RowEncoder.EncodeFence(JournalState.Empty, owner, time);
        _claimRow = RowEncoder.EncodeClaim(_state, owner, time);
        _step = fence is null ? Step.WriteFence : Step.CheckFence;
    }

    private enum Step
    {
        WriteFence,
        ReadFence,
        CheckFence,
        CheckDeadLetters,
        WriteClaim,
        ReadClaim,
        CheckClaims,
    }

    /// <summary>What the webhook begins with under its new owner.</summary>
    public JournalState State => _state;

    /// <summary>Whether the request under way asks for a row that may have been written.</summary>
    public bool IsInDoubt => _step is Step.ReadFence or Step.ReadClaim;

    public bool IsAsked(long number) => _number != 0 && _number == number;

    /// <summary>What to ask of the journal; null while an answer is due.</summary>
    public JournalRequest? Next(long number)
    {
        if (_number != 0)
            return null;
        _number = number;
        return _step switch
        {
            Step.WriteFence => new WriteRow(number, _ids.Of(JournalStream.Outbox, _epoch), _fence, _fenceRow),
            Step.ReadFence => new ReadRows(number, _ids.Of(JournalStream.Outbox, _epoch), _fence, _fence, long.MaxValue),
            Step.CheckFence => new ReadRows(number, _ids.Of(JournalStream.Outbox, _epoch), 1, 0, 0),
            Step.CheckDeadLetters => new ReadRows(number, _ids.Of(JournalStream.DeadLetters, _epoch), 1, 0, 0),
            Step.WriteClaim => new WriteRow(number, _ids.Claims, _epoch + 1, _claimRow),
            Step.ReadClaim => new ReadRows(number, _ids.Claims, _epoch + 1, _epoch + 1, long.MaxValue),
            _ => new ReadRows(number, _ids.Claims, 1, 0, 0),
        };
    }

    /// <summary>The journal did not do it: whether a row is there has to be read.</summary>
    public void Failed()
    {
        _number = 0;
        _step = _step switch
        {
            Step.WriteFence => Step.ReadFence,
            Step.WriteClaim => Step.ReadClaim,
            _ => _step,
        };
    }

    public ClaimOutcome Answer(JournalAnswer answer)
    {
        _number = 0;
        return (_step, answer) switch
        {
            (Step.WriteFence, RowWritten) => Go(Step.CheckFence),
            (Step.ReadFence, RowsRead { Rows.Length: 0 }) => Go(Step.WriteFence),
            (Step.ReadFence, RowsRead read) => IsFence(read.Rows[0].Content) ? Go(Step.CheckFence) : ClaimOutcome.Outdated,

            // A former owner that is alive may have written on, and deleted what stood there.
            (Step.CheckFence, RowsRead read) => read.Newest == _fence ? Go(Step.CheckDeadLetters) : ClaimOutcome.Outdated,
            (Step.CheckDeadLetters, RowsRead read) => HasNewLetters(read.Newest) ? ClaimOutcome.Outdated : Go(Step.WriteClaim),
            (Step.WriteClaim, RowWritten) => Go(Step.CheckClaims),
            (Step.ReadClaim, RowsRead { Rows.Length: 0 }) => Go(Step.WriteClaim),
            (Step.ReadClaim, RowsRead read) => IsOwnClaim(read.Rows[0].Content) ? Go(Step.CheckClaims) : ClaimOutcome.Outdated,
            (Step.CheckClaims, RowsRead read) => read.Newest == _epoch + 1 ? ClaimOutcome.Claimed : ClaimOutcome.Outdated,
            _ => ClaimOutcome.UnderWay,
        };
    }

    private static bool IsFence(JournalRow row) => RowDecoder.TryReadHead(row, out var head, out _) && head.Kind == RowKind.Fence;

    private bool IsOwnClaim(JournalRow row) => row.Bytes.AsSpan().SequenceEqual(_claimRow.Bytes);

    // The former owner may have written letters after they were read and before it was fenced off. Later ones are in a stream that nobody reads.
    private bool HasNewLetters(long newest) => newest > _standing.DeadRows.Newest;

    private ClaimOutcome Go(Step step)
    {
        _step = step;
        return ClaimOutcome.UnderWay;
    }
}
