using ActorWebhooks.Actors;
using ActorWebhooks.Journal;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Readiness;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Ownership;

/// <summary>
/// Claims a journal for one node that shares it with no other, and looks whether another process has claimed it since. Each webhook is fenced
/// by itself; this is how a node that was displaced finds out when its webhooks have nothing to write, and says that it is not ready. It is not ready
/// either before it has claimed the journal.
/// </summary>
/// <param name="journal">The <see cref="JournalActor"/> of the node.</param>
internal sealed class NodeClaimActor(IActorRef journal, string name, StandaloneLease lease, TimeProvider time) : RestingActor
{
    private const string Claims = "webhook-node";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly NodeReadiness _readiness = NodeReadiness.Get(Context.System);
    private Step _step = Step.Read;
    private bool _isAsking;
    private long _number;
    private long _newest;
    private long _claimed;

    private enum Step
    {
        Read,
        Write,
        Delete,
        ReadOwner,
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Tick when !_isAsking:
                _step = Step.Read;
                Ask();
                break;
            case JournalAnswer answer when _isAsking && answer.Number == _number:
                _isAsking = false;
                OnAnswer(answer);
                break;
        }
    }

    protected override void PreStart()
    {
        if (lease.State == LeaseState.Expired)
            _readiness.Set(ReadinessCondition.Ownership, "This process has not claimed its journal yet.");
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, TimeSpan.Zero, Interval);
    }

    private void OnAnswer(JournalAnswer answer)
    {
        switch (answer)
        {
            case RowsRead read when _step == Step.ReadOwner:
                Lose(read.Rows.Length > 0 ? RowDecoder.ReadOwner(read.Rows[0].Content) : "");
                break;
            case RowsRead { Newest: var newest } when _claimed == 0:
                _newest = newest;
                Ask(Step.Write);
                break;
            case RowsRead { Newest: var newest } when newest > _claimed:
                _newest = newest;
                Ask(Step.ReadOwner);
                break;
            case RowWritten:
                _claimed = _newest + 1;
                lease.Hold();
                _readiness.Clear(ReadinessCondition.Ownership);
                Ask(Step.Delete);
                break;
        }
    }

    private void Ask(Step step)
    {
        _step = step;
        Ask();
    }

    private void Ask()
    {
        _isAsking = true;
        _number++;
        journal.Tell(_step switch
        {
            Step.Write => new WriteRow(_number, Claims, _newest + 1, RowEncoder.EncodeClaim(JournalState.Empty, name, time)),
            Step.Delete => new DeleteRows(_number, Claims, _newest),
            Step.ReadOwner => new ReadRows(_number, Claims, _newest, _newest, long.MaxValue),
            _ => new ReadRows(_number, Claims, 1, 0, 0),
        });
    }

    private void Lose(string owner)
    {
        lease.Lose();
        var other = owner.Length == 0 ? "another process" : owner;
        Context.System.Log.Error(
            "This process has lost its journal to {0}, which started later on the same one. It takes and sends nothing any more. Stop one of the two; if it is the "
                + "other, start this one again afterwards",
            other);
        _readiness.Set(
            ReadinessCondition.Ownership, "Another process uses the same journal and started later, so this one takes and sends nothing any more.");
        Context.Stop(Self);
    }

    private sealed class Tick
    {
        public static readonly Tick Instance = new();
    }
}
