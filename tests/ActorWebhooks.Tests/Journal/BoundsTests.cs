using ActorWebhooks.Accounting;
using ActorWebhooks.Configuration;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Journal;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Journal;

public sealed class BoundsTests : IDisposable
{
    private const int Window = 64 * 1024;
    private const int Chunk = 8 * 1024;

    private readonly ManualTime _time = new();
    private readonly SimulatedJournal _journal = new();
    private readonly List<string> _delivered = [];
    private SimulatedNode _node = null!;
    private int _events;

    public void Dispose() => _node.Dispose();

    [Fact]
    public void Memory_holds_a_window_of_what_waits_and_all_of_it_is_delivered_in_order()
    {
        Start();
        Publish(1_000);
        Run(status: 503);

        Assert.Equal(1_000, _node.Status.Waiting);
        Assert.InRange(_node.Budget.UsedBytes, 1, Window + Chunk);
        Run(status: 200);
        Assert.Equal(Enumerable.Range(0, 1_000).Select(i => $"{i}"), _delivered);
        Assert.Equal(0, _node.Budget.UsedBytes);
    }

    [Fact]
    public void Journal_that_holds_as_much_as_it_may_refuses_until_there_is_room()
    {
        Start(maxBytes: 200_000);
        Publish(400);
        Run(status: 503);

        Assert.False(Publish(1));
        Run(status: 200);
        Assert.True(Publish(1));
    }

    [Fact]
    public void Dead_letters_in_the_journal_are_bounded_by_bytes_and_the_oldest_go_and_are_counted()
    {
        Start(letters: Some.Letters() with { MaxDurableBytes = 100_000 });
        for (var i = 0; i < 20; i++)
        {
            Publish(20);
            Run(status: 410);
            _node.Machine.Resume();
        }

        var dropped = _node.Status.Dropped[DropReason.DeadLetterOverflow];
        Assert.InRange(dropped, 1, 399);
        Assert.Equal(400 - dropped, _node.Status.Dead);
    }

    [Fact]
    public void Dead_letters_in_the_journal_go_when_they_are_too_old_and_are_counted()
    {
        Start();
        Publish(20);
        Run(status: 410);
        _time.Pass(TimeSpan.FromDays(31));
        _node.Machine.Resume();
        Publish(1);
        Run(status: 200);

        Assert.Equal((0, 20), (_node.Status.Dead, _node.Status.Dropped[DropReason.DeadLetterExpired]));
    }

    [Fact]
    public void Webhook_that_becomes_lossy_and_durable_again_loses_and_repeats_nothing_and_keeps_the_order()
    {
        Start();
        Publish(300);
        Run(status: 503);
        _node.Machine.Reconfigure(Some.Webhook with { Lossy = true });
        Publish(100);
        Run(status: 200);
        var rows = _journal.NewestRows(SimulatedNode.Ids, JournalStream.Outbox).Keys.Max();
        Publish(100);
        Run(status: 200);
        Assert.Equal(rows, _journal.NewestRows(SimulatedNode.Ids, JournalStream.Outbox).Keys.Max());
        _node.Machine.Reconfigure(Some.Webhook);
        Publish(100);
        Run(status: 200);

        Assert.Equal(Enumerable.Range(0, 600).Select(i => $"{i}"), _delivered);
        _node.AssertBalanced();
    }

    private void Start(long maxBytes = 1L << 40, DeadLetterLimits? letters = null) => _node = new SimulatedNode(
        Some.Webhook with { Batch = new BatchLimits(50, 100_000) }, new JournalLimits(Chunk, Window, maxBytes), letters ?? Some.Letters(), _time);

    /// <returns>False when the last was refused at once.</returns>
    private bool Publish(int count)
    {
        Task<PublishReceipt>? receipt = null;
        for (var i = 0; i < count; i++)
        {
            receipt = _node.Publish(Some.EventOfSize($"{_events}", 400), isAwaited: true);
            _events += receipt is null ? 0 : 1;
        }

        return receipt is not null;
    }

    // Answers everything with this for half a minute.
    private void Run(int status)
    {
        var end = _time.Elapsed + TimeSpan.FromMinutes(status == 200 ? 30 : 0.5);
        for (_node.Work(); _time.Elapsed < end; _node.Work())
        {
            if (_node.Requests.Count > 0)
            {
                var request = _node.Requests[0];
                _node.Requests.RemoveAt(0);
                _node.Answer(_journal.Do(request));
            }
            else if (_node.Sent is not null)
            {
                if (status == 200)
                    _delivered.AddRange(_node.SentIds);
                _node.Finish(Outcomes.Status(status));
            }
            else
            {
                _time.Pass(TimeSpan.FromSeconds(1));
            }
        }
    }
}
