using ActorWebhooks.Server.Hosting;
using Akka.Actor;
using LogLevel = Akka.Event.LogLevel;

namespace ActorWebhooks.Server.Tests.Hosting;

public sealed class AkkaNoiseTests
{
    private readonly Clock _clock = new();
    private readonly AkkaNoise _noise;

    public AkkaNoiseTests() => _noise = new AkkaNoise(_clock);

    [Fact]
    public void Class_of_Akka_that_writes_much_is_heard_a_hundred_times_in_ten_seconds_and_says_what_was_left_out()
    {
        Assert.Equal(100, Enumerable.Range(0, 250).Count(_ => IsHeard(typeof(ActorSystem), LogLevel.WarningLevel) == 0));
        Assert.Equal(0, IsHeard(typeof(ActorSystem), LogLevel.ErrorLevel));
        Assert.Equal(0, IsHeard(typeof(Akka.Remote.RemoteSettings), LogLevel.WarningLevel));

        _clock.Now += TimeSpan.FromSeconds(10);

        Assert.Equal(150, IsHeard(typeof(ActorSystem), LogLevel.WarningLevel));
        Assert.Equal(0, IsHeard(typeof(ActorSystem), LogLevel.WarningLevel));
    }

    [Fact]
    public void Everybody_else_is_heard_each_time()
    {
        Assert.Equal(1_000, Enumerable.Range(0, 1_000).Count(_ => IsHeard(GetType(), LogLevel.WarningLevel) == 0));
        Assert.Equal(1_000, Enumerable.Range(0, 1_000).Count(_ => IsHeard(null, LogLevel.WarningLevel) == 0));
    }

    // How many lines were left out before it; null when it is not heard.
    private int? IsHeard(Type? source, LogLevel level) => _noise.IsHeard(source, level, out var leftOut) ? leftOut : null;

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
