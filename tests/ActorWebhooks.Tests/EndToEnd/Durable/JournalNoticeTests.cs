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
