using ActorWebhooks.Journal;
using ActorWebhooks.Outbox;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Journal;

public sealed class DurableBoundTests : IDisposable
{
    private const long MaxBytes = 100_000;

    private readonly DurableRig _rig = new(new JournalLimits(DurableRig.Chunk, DurableRig.Window, MaxBytes));

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Full_journal_refuses_as_full_and_takes_events_again_once_enough_is_delivered()
    {
        _rig.Start();
        _rig.AnswerJournal();
        var accepted = Fill();
        Assert.InRange(accepted * OutboxBudget.CostOf(Some.EventOfSize("100", 400)), MaxBytes, MaxBytes + 2_000);
        Assert.Equal(RefusalReason.OutboxFull, _rig.Node.Refusal);
        Assert.Null(_rig.Publish(1));

        _rig.AnswerAttempt(200);
        _rig.AnswerJournal();
        Assert.Null(_rig.Node.Refusal);
        Assert.True((await _rig.PublishAndWrite()).IsAccepted);
        _rig.Run(200);
        Assert.Equal(_rig.Published, _rig.Delivered);
    }

    [Fact]
    public void Full_journal_is_full_after_a_restart_until_enough_is_delivered()
    {
        _rig.Start();
        _rig.AnswerJournal();
        Fill();
        _rig.Start();
        _rig.AnswerJournal();
        Assert.Equal(RefusalReason.OutboxFull, _rig.Node.Refusal);

        _rig.Run(200);
        Assert.Null(_rig.Node.Refusal);
        Assert.Equal(_rig.Published, _rig.Delivered);
    }

    // One event after the other, until one is refused.
    private int Fill()
    {
        for (var accepted = 0; ; accepted++)
        {
            Assert.InRange(accepted, 0, 10_000);
            if (_rig.Publish(1) is null)
                return accepted;
            _rig.AnswerJournal();
        }
    }
}
