using System.Collections.Concurrent;
using ActorWebhooks.Journal;
using Akka.Event;

namespace ActorWebhooks.Tests.EndToEnd.Durable;

public sealed class JournalNoticeTests
{
    private const int Webhooks = 8;

    [Fact]
    public async Task Webhooks_that_notice_at_the_same_instant_are_one_line_for_each_change()
    {
        var log = new Lines();
        using var together = new Barrier(Webhooks);
        for (var round = 1; round <= 500; round++)
        {
            var notice = new JournalNotice(log);
            await Task.WhenAll(Enumerable.Range(0, Webhooks).Select(i => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    notice.Failed($"{i}", "it is away");
                    together.SignalAndWait();
                    notice.Works($"{i}");
                },
                TaskCreationOptions.LongRunning)));

            Assert.Equal((round, round), (log.Of(LogLevel.WarningLevel), log.Of(LogLevel.InfoLevel)));
        }
    }

    [Fact]
    public void Webhook_that_is_no_more_does_not_keep_later_failures_from_being_told()
    {
        var log = new Lines();
        var notice = new JournalNotice(log);
        var (gone, other) = (Health("gone", notice), Health("other", notice));
        gone.Failed(gone.Writes, "it is away");
        gone.Forget();

        other.Failed(other.Writes, "it is away");
        other.Works(other.Writes);

        Assert.Equal((2, 1), (log.Of(LogLevel.WarningLevel), log.Of(LogLevel.InfoLevel)));
    }

    [Fact]
    public void Webhook_that_gave_way_is_told_once_and_is_no_failure_of_the_journal()
    {
        var log = new Lines();
        var notice = new JournalNotice(log);
        var (displaced, other) = (Health("displaced", notice), Health("other", notice));
        Assert.True(displaced.IsSlip());
        displaced.Displaced("another");

        Assert.Equal((0, 0, 1), (log.Of(LogLevel.WarningLevel), log.Of(LogLevel.InfoLevel), log.Of(LogLevel.ErrorLevel)));
        other.Failed(other.Writes, "it is away");
        Assert.Equal(1, log.Of(LogLevel.WarningLevel));
    }

    [Fact]
    public void Success_of_one_kind_of_request_says_nothing_of_the_others()
    {
        var log = new Lines();
        var health = Health("audit", new JournalNotice(log));
        for (var i = 0; i < 5; i++)
        {
            health.Failed(health.Reads, "it cannot be read");
            health.Failed(health.Deletes, "it is locked");
            health.Works(health.Writes);
            health.Works(health.Deletes);
        }

        Assert.Equal((1, 0), (log.Of(LogLevel.WarningLevel), log.Of(LogLevel.InfoLevel)));
        health.Works(health.Reads);
        Assert.Equal((1, 1), (log.Of(LogLevel.WarningLevel), log.Of(LogLevel.InfoLevel)));
    }

    private static JournalHealth Health(string id, JournalNotice notice) => new(id, notice, TimeProvider.System);

    private sealed class Lines : LoggingAdapterBase
    {
        private readonly ConcurrentQueue<LogLevel> _lines = new();

        public Lines()
            : base(DefaultLogMessageFormatter.Instance)
        {
        }

        public override bool IsDebugEnabled => true;

        public override bool IsInfoEnabled => true;

        public override bool IsWarningEnabled => true;

        public override bool IsErrorEnabled => true;

        public int Of(LogLevel level) => _lines.Count(line => line == level);

        protected override void NotifyLog(LogLevel logLevel, object message, Exception? cause = null) => _lines.Enqueue(logLevel);
    }
}
