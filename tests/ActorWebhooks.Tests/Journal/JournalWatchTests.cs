using ActorWebhooks.Journal;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Journal;

public sealed class JournalWatchTests
{
    private static readonly WriteRow Row = RowOf(300);

    private readonly ManualTime _time = new();
    private readonly JournalWatch _watch;
    private readonly List<JournalRequest> _asked = [];
    private Func<JournalRequest, JournalAnswer?> _journal = Works;

    public JournalWatchTests() => _watch = new JournalWatch(_time, new Random(1));

    [Fact]
    public void Nothing_is_written_for_nobody()
    {
        Pass(seconds: 600);

        Assert.Empty(_asked);
        Assert.False(_watch.IsRefusing);
    }

    [Fact]
    public void Reader_of_an_idle_node_hears_of_a_journal_that_fails_and_of_its_return()
    {
        Pass(seconds: 10, isRead: true);
        Assert.False(_watch.IsRefusing);

        _journal = Fails;
        Pass(seconds: 3);
        Assert.False(_watch.IsRefusing);
        Pass(seconds: 5);
        Assert.True(_watch.IsRefusing);
        Pass(seconds: 600);
        Assert.True(_watch.IsRefusing);

        // Webhooks that back off try again within 5 s.
        _journal = Works;
        Pass(seconds: 4);
        Assert.True(_watch.IsRefusing);
        Pass(seconds: 2);
        Assert.False(_watch.IsRefusing);
    }

    [Fact]
    public void Journal_that_does_not_answer_refuses()
    {
        _journal = _ => null;
        Pass(seconds: 3, isRead: true);
        Assert.False(_watch.IsRefusing);
        Pass(seconds: 5);

        Assert.True(_watch.IsRefusing);
        _watch.See(_asked.Single(), new RowWritten(1));
        Pass(seconds: 5);
        Assert.False(_watch.IsRefusing);
    }

    [Fact]
    public void Traffic_that_is_written_needs_no_probe()
    {
        for (var second = 0; second < 60; second++)
        {
            _watch.See(Row, new RowWritten(1));
            Pass(seconds: 1, isRead: true);
        }

        Assert.Empty(_asked);
    }

    [Fact]
    public void Failure_that_nobody_reads_of_is_followed_up_until_the_journal_works()
    {
        _journal = Fails;
        _watch.See(Row, new JournalFailed(1, "it is away"));
        Pass(seconds: 60);
        Assert.True(_watch.IsRefusing);

        _journal = Works;
        Pass(seconds: 60);
        Assert.False(_watch.IsRefusing);
        Assert.InRange(_asked.Count, 60, 63);
    }

    [Fact]
    public void One_stream_that_fails_for_ever_is_no_failure_of_the_journal()
    {
        for (var second = 0; second < 60; second++)
        {
            _watch.See(Row, new JournalFailed(1, "there is such a row"));
            Pass(seconds: 1, isRead: true);
            Assert.False(_watch.IsRefusing);
        }
    }

    [Fact]
    public void Disk_with_room_for_small_rows_alone_is_full()
    {
        _journal = request => request is WriteRow { Content.Bytes.Length: > 1000 } ? Fails(request) : Works(request);
        _watch.See(RowOf(200_000), new JournalFailed(1, "the disk is full"));
        for (var second = 0; second < 10; second++)
        {
            _watch.See(Row, new RowWritten(2));
            Pass(seconds: 1);
        }

        Assert.True(_watch.IsRefusing);
        _journal = Works;
        Pass(seconds: 6);
        Assert.False(_watch.IsRefusing);
    }

    [Fact]
    public void Rows_of_probes_are_deleted_as_they_come_and_never_have_a_number_twice()
    {
        var rows = new SortedSet<long>();
        _journal = request =>
        {
            if (request is WriteRow write)
                Assert.True(rows.Add(write.Row));
            if (request is DeleteRows delete)
                rows.RemoveWhere(row => row <= delete.To);
            return Works(request);
        };
        for (var minute = 0; minute < 60; minute++)
        {
            Pass(seconds: 60, isRead: true);
            Assert.InRange(rows.Count, 0, 16);
        }

        Assert.InRange(_asked.OfType<WriteRow>().Count(), 1_500, 1_800);
    }

    private static JournalAnswer Works(JournalRequest request) =>
        request is WriteRow ? new RowWritten(request.Number) : new RowsDeleted(request.Number);

    private static JournalFailed Fails(JournalRequest request) => new JournalFailed(request.Number, "it is away");

    private static WriteRow RowOf(int bytes) => new(1, "webhook-outbox:audit", 1, new JournalRow(new byte[bytes]));

    private void Pass(int seconds, bool isRead = false)
    {
        for (; seconds > 0; seconds--)
        {
            _time.Pass(TimeSpan.FromSeconds(1));
            if (_watch.Next(isRead) is not { } request)
                continue;
            _asked.Add(request);
            Assert.Equal(JournalWatch.PersistenceId, request.PersistenceId);
            if (_journal(request) is { } answer)
                _watch.See(request, answer);
        }
    }
}
