using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;

namespace ActorWebhooks.Journal.Epochs;

/// <summary>
/// Takes a webhook over, by the journal alone: fences the former owner off from both its streams, by a row where that one would write next;
/// then claims the next epoch, by a row in the stream of claims. The journal takes only one row of a number, so what the former owner committed before the fence
/// is known to the new owner, and what comes after it is refused. The fence is not deleted with the rows before it, so it holds however late
/// the former owner writes (see <see cref="FenceRetention"/>).
/// </summary>
internal sealed class OwnerClaim
{
    private readonly JournalIds _ids;
    private readonly long _epoch;
    private readonly string _owner;
    private readonly TimeProvider _time;
    private readonly JournalRow _fenceRow;
    private readonly long _deadFence;
    private long _fence;
    private long _newest;
    private bool _isBehind;
    private JournalRow? _claimRow;
    private Step _step;
    private long _number;

    /// <param name="epoch">The newest that was claimed.</param>
    /// <param name="fence">The row that already fences its owner off from the outbox; null when there is none.</param>
    /// <param name="deadFence">The same of the dead letters.</param>
    /// <param name="owner">The name of this process.</param>
    public OwnerClaim(JournalIds ids, Standing standing, long epoch, long? fence, long? deadFence, string owner, TimeProvider time)
    {
        (_ids, _epoch, _owner, _time) = (ids, epoch, owner, time);
        (_fence, _deadFence) = (fence ?? standing.Rows.Newest + 1, deadFence ?? standing.DeadRows.Newest + 1);
        _fenceRow = RowEncoder.EncodeFence(JournalState.Empty, owner, time);
        _step = fence is null ? Step.WriteFence : Step.CheckFence;
        State = standing.Claiming(epoch + 1, _fence, _deadFence);
    }

    private enum Step
    {
        WriteFence,
        ReadFence,
        FollowOwner,
        ReadNewest,
        CheckFence,
        WriteDeadFence,
        ReadDeadFence,
        CheckDeadFence,
        WriteClaim,
        ReadClaim,
        CheckClaims,
    }

    /// <summary>What the webhook begins with under its new owner.</summary>
    public JournalState State { get; }

    /// <summary>Whether the request under way asks for a row that may have been written.</summary>
    public bool IsInDoubt => _step is Step.ReadFence or Step.ReadDeadFence or Step.ReadClaim;

    private string Outbox => _ids.Of(JournalStream.Outbox, _epoch);

    private string DeadLetters => _ids.Of(JournalStream.DeadLetters, _epoch);

    public bool IsAsked(long number) => _number != 0 && _number == number;

    /// <summary>What to ask of the journal; null while an answer is due.</summary>
    public JournalRequest? Next(long number)
    {
        if (_number != 0)
            return null;
        _number = number;
        return _step switch
        {
            Step.WriteFence => new WriteRow(number, Outbox, _fence, _fenceRow),
            Step.ReadFence => new ReadRows(number, Outbox, _fence, _fence, long.MaxValue),
            Step.FollowOwner or Step.CheckFence => new ReadRows(number, Outbox, 1, 0, 0),
            Step.ReadNewest => new ReadRows(number, Outbox, _newest, _newest, long.MaxValue),
            Step.WriteDeadFence => new WriteRow(number, DeadLetters, _deadFence, _fenceRow),
            Step.ReadDeadFence => new ReadRows(number, DeadLetters, _deadFence, _deadFence, long.MaxValue),
            Step.CheckDeadFence => new ReadRows(number, DeadLetters, 1, 0, 0),
            Step.WriteClaim => new WriteRow(number, _ids.Claims, _epoch + 1, _claimRow ??= RowEncoder.EncodeClaim(State, _owner, _time)),
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
            Step.WriteDeadFence => Step.ReadDeadFence,
            Step.WriteClaim => Step.ReadClaim,
            _ => _step,
        };
    }

    /// <remarks>
    /// A row that was refused and is not there may have been written and deleted by the former owner in the meantime. A plugin can keep the number
    /// of the newest deleted row, so that it is refused for good: the end of the stream tells.
    /// </remarks>
    public ClaimOutcome Answer(JournalAnswer answer)
    {
        _number = 0;
        return (_step, answer) switch
        {
            (Step.WriteFence, RowWritten) => Fenced(),
            (Step.ReadFence, RowsRead { Rows.Length: 0 } read) => Go(read.Newest < _fence ? Step.WriteFence : Step.FollowOwner),
            (Step.ReadFence, RowsRead read) => IsFence(read) ? Fenced() : Go(Step.FollowOwner),
            (Step.FollowOwner, RowsRead read) => Follow(read.Newest),

            // There is one fence at the end of a stream. Behind another one it would fence nobody off.
            (Step.ReadNewest, RowsRead { Rows.Length: 0 } read) => read.Newest > _newest ? Go(Step.FollowOwner) : ClaimOutcome.Outdated,
            (Step.ReadNewest, RowsRead read) => IsFence(read) ? ClaimOutcome.Outdated : Go(Step.WriteFence),

            // A former owner that is alive may have written on, and deleted what stood there.
            (Step.CheckFence, RowsRead read) => read.Newest == _fence ? Go(Step.WriteDeadFence) : ClaimOutcome.Outdated,
            (Step.WriteDeadFence, RowWritten) => Go(Step.CheckDeadFence),
            (Step.ReadDeadFence, RowsRead { Rows.Length: 0 } read) => read.Newest < _deadFence ? Go(Step.WriteDeadFence) : ClaimOutcome.Outdated,
            (Step.ReadDeadFence, RowsRead read) => IsFence(read) ? Go(Step.CheckDeadFence) : ClaimOutcome.Outdated,
            (Step.CheckDeadFence, RowsRead read) => read.Newest == _deadFence ? Go(Step.WriteClaim) : ClaimOutcome.Outdated,
            (Step.WriteClaim, RowWritten) => Go(Step.CheckClaims),
            (Step.ReadClaim, RowsRead { Rows.Length: 0 } read) => read.Newest <= _epoch ? Go(Step.WriteClaim) : ClaimOutcome.Outdated,
            (Step.ReadClaim, RowsRead read) => IsOwnClaim(read.Rows[0].Content) ? Go(Step.CheckClaims) : ClaimOutcome.Outdated,
            (Step.CheckClaims, RowsRead read) => read.Newest == _epoch + 1 ? ClaimOutcome.Claimed : ClaimOutcome.Outdated,
            _ => ClaimOutcome.UnderWay,
        };
    }

    private static bool IsFence(RowsRead read) =>
        RowDecoder.TryReadHead(read.Rows[0].Content, out var head, out _) && head.Kind == RowKind.Fence;

    private bool IsOwnClaim(JournalRow row) => row.Bytes.AsSpan().SequenceEqual(_claimRow!.Bytes);

    // An owner that writes on and on would always be ahead of one that reads everything again before it tries to fence it off.
    private ClaimOutcome Follow(long newest)
    {
        (_newest, _fence, _isBehind) = (newest, newest + 1, true);
        return Go(Step.ReadNewest);
    }

    private ClaimOutcome Fenced() => _isBehind ? ClaimOutcome.Outdated : Go(Step.CheckFence);

    private ClaimOutcome Go(Step step)
    {
        _step = step;
        return ClaimOutcome.UnderWay;
    }
}
