using ActorWebhooks.Server.Storage;
using Akka.Event;
using static Akka.Event.LogFilterDecision;

namespace ActorWebhooks.Server.Tests.Storage;

public sealed class JournalLogFilterTests
{
    private readonly Clock _clock = new();
    private readonly JournalLogFilter _filter;

    public JournalLogFilterTests() => _filter = new JournalLogFilter(_clock);

    [Fact]
    public void Journal_that_does_not_come_up_is_heard_once_a_minute()
    {
        Assert.Equal(Keep, Decide("Failure during SQL Journal initialization."));
        Assert.Equal(Drop, Decide("Failed to initialize SQL Journal."));
        Assert.Equal(Drop, Decide("Sql Journal Error on Akka.Persistence.Sql.Journal.SqlWriteJournal+InitializationResult"));
        _clock.Now += TimeSpan.FromSeconds(59);
        Assert.Equal(Drop, Decide("Failure during SQL Journal initialization."));
        _clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(Keep, Decide("Failure during SQL Journal initialization."));
    }

    [Fact]
    public void Everything_else_is_heard() => Assert.Equal([Keep, Keep], [Decide("anything else"), Decide("anything else")]);

    private LogFilterDecision Decide(string message) =>
        _filter.ShouldKeepMessage(new Error(null, "source", typeof(JournalLogFilterTests), message), message);

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
