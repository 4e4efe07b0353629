using ActorWebhooks.Server.Storage;

namespace ActorWebhooks.Server.Tests.Storage;

public sealed class JournalNoiseTests
{
    private readonly Clock _clock = new();
    private readonly JournalNoise _noise;

    public JournalNoiseTests() => _noise = new JournalNoise(_clock);

    [Fact]
    public void Journal_that_does_not_come_up_is_heard_once_a_minute()
    {
        Assert.True(_noise.IsHeard("Failure during SQL Journal initialization."));
        Assert.False(_noise.IsHeard("Failed to initialize SQL Journal."));
        Assert.False(_noise.IsHeard("Sql Journal Error on Akka.Persistence.Sql.Journal.SqlWriteJournal+InitializationResult"));
        _clock.Now += TimeSpan.FromSeconds(59);
        Assert.False(_noise.IsHeard("Failure during SQL Journal initialization."));
        _clock.Now += TimeSpan.FromSeconds(1);
        Assert.True(_noise.IsHeard("Failure during SQL Journal initialization."));
    }

    [Fact]
    public void Everything_else_is_heard_each_time() => Assert.All(["one", "one"], message => Assert.True(_noise.IsHeard(message)));

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
