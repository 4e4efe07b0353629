using System.Collections.Immutable;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Text;
using Akka.Actor;
using Akka.Persistence;

namespace ActorWebhooks.Journal;

/// <summary>
/// Puts one request to a journal plugin, in the protocol of Akka.Persistence that every plugin speaks, tells its parent what came of it,
/// and stops. That protocol numbers no requests; that each has an actor of its own is how a late answer is not taken for another's. Rows with
/// one among them of which nothing can be made fail together, so they are then read one by one, and that one is damaged.
/// </summary>
internal sealed class JournalWorker(JournalRequest request, IActorRef journal, TimeSpan timeout) : UntypedActor
{
    // How often a row has to fail with what may come from a serializer or the journal, while the journal answers in between.
    private const int FaultsOfDamage = 3;

    // There may be no row for most of the numbers that were asked for. The rest is asked for again.
    private const int MostSingles = 1_000;

    private static readonly string Writer = Guid.NewGuid().ToString("N");
    private static readonly JournalRow NotARow = new([]);

    private readonly ImmutableArray<NumberedRow>.Builder _rows = ImmutableArray.CreateBuilder<NumberedRow>();
    private long _bytes;
    private bool _isFull;

    // The row that is read by itself; null while all are read together.
    private long? _single;
    private int _singles;
    private int _faults;
    private bool _isCounting;
    private bool _isTrying;
    private bool _isAnswered;

    // The first row that has not come yet.
    private long Unread => _rows.Count > 0 ? _rows[^1].Row + 1 : ((ReadRows)request).From;

    private long ReadTo => _isFull ? _rows[^1].Row : _singles == MostSingles ? _single!.Value - 1 : ((ReadRows)request).To;

    protected override void PreStart()
    {
        SetReceiveTimeout(timeout);
        journal.Tell(ToJournal());
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WriteMessagesSuccessful or WriteMessagesFailed:
                // What became of the row comes behind it.
                break;
            case WriteMessageSuccess:
                Answer(new RowWritten(request.Number));
                break;
            case WriteMessageFailure failure:
                Fail(failure.Cause);
                break;
            case WriteMessageRejected rejected:
                Fail(rejected.Cause);
                break;
            case ReplayedMessage replayed:
                Add(replayed.Persistent);
                break;
            case RecoverySuccess when _isTrying:
                _isTrying = false;
                ReadSingle(_single ?? Unread);
                break;
            case RecoverySuccess when _single is { } row && !_isCounting:
                _faults = 0;
                ReadSingle(row + 1);
                break;
            case RecoverySuccess success:
                Answer(new RowsRead(request.Number, _rows.ToImmutable(), ReadTo, success.HighestSequenceNr));
                break;
            case ReplayMessagesFailure failure:
                OnReadFailed(failure.Cause);
                break;
            case DeleteMessagesSuccess:
                Answer(new RowsDeleted(request.Number));
                break;
            case DeleteMessagesFailure failure:
                Fail(failure.Cause);
                break;
            case ReceiveTimeout:
                Answer(new JournalFailed(request.Number, $"no answer within {timeout.TotalSeconds:0.#} s", IsTimeout: true));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    // By a fault of this actor, too.
    protected override void PostStop()
    {
        if (!_isAnswered)
            Context.Parent.Tell(new JournalFailed(request.Number, "the request was broken off"));
    }

    private object ToJournal() => request switch
    {
        WriteRow write => new WriteMessages(
            [new AtomicWrite(new Persistent(write.Content, write.Row, write.PersistenceId, writerGuid: Writer))], Self, actorInstanceId: 1),
        ReadRows read => new ReplayMessages(
            read.From, read.To, Math.Clamp(read.To - read.From + 1, 0, read.MaxRows), read.PersistenceId, Self),
        DeleteRows delete => new DeleteMessagesTo(delete.PersistenceId, delete.To, Self),
        _ => throw new InvalidOperationException($"There is no such request: {request.GetType()}."),
    };

    private void OnReadFailed(Exception cause)
    {
        if (_isCounting || _isTrying || request is ReadRows { To: 0 } || ReadFault.IsOfJournal(cause))
        {
            Fail(cause);
        }
        else if (ReadFault.IsOfRow(cause) || ++_faults >= FaultsOfDamage)
        {
            _faults = 0;
            OnUnreadable();
        }
        else
        {
            _isTrying = true;
            ReadNone();
        }
    }

    private void OnUnreadable()
    {
        if (_single is not { } row)
        {
            ReadSingle(Unread);
            return;
        }

        Add(row, NotARow);
        ReadSingle(row + 1);
    }

    private void ReadSingle(long row)
    {
        _single = row;
        _isCounting = _isFull || row > ((ReadRows)request).To || _singles == MostSingles;
        if (_isCounting)
        {
            ReadNone();
            return;
        }

        _singles++;
        journal.Tell(new ReplayMessages(row, row, 1, request.PersistenceId, Self));
    }

    // It tells the number of the newest row, and that the journal answers.
    private void ReadNone() => journal.Tell(new ReplayMessages(1, 0, 0, request.PersistenceId, Self));

    private void Add(IPersistentRepresentation found) => Add(found.SequenceNr, found.Payload as JournalRow ?? NotARow);

    private void Add(long number, JournalRow row)
    {
        _isFull |= _rows.Count > 0 && _bytes + row.Bytes.Length > ((ReadRows)request).MaxBytes;
        if (_isFull)
            return;
        _bytes += row.Bytes.Length;
        _rows.Add(new NumberedRow(number, row));
        _isFull |= _rows.Count == ((ReadRows)request).MaxRows;
    }

    private void Fail(Exception cause) => Answer(new JournalFailed(request.Number, OutsideText.Clean(cause.GetBaseException().Message)));

    private void Answer(JournalAnswer answer)
    {
        _isAnswered = true;
        Context.Parent.Tell(answer);
        Context.Stop(Self);
    }
}
