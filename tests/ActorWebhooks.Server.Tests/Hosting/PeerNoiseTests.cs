using ActorWebhooks.Server.Hosting;
using Akka.Remote;

namespace ActorWebhooks.Server.Tests.Hosting;

public sealed class PeerNoiseTests
{
    private readonly Clock _clock = new();
    private readonly PeerNoise _noise;

    public PeerNoiseTests() => _noise = new PeerNoise(_clock);

    [Fact]
    public void Messages_that_cannot_be_read_are_heard_every_ten_seconds()
    {
        // It fails when a later version of Akka calls it something else.
        var reader = typeof(RemoteSettings).Assembly.GetTypes().Single(type => type.Name == "EndpointReader");

        Assert.True(_noise.IsHeard(reader));
        Assert.False(_noise.IsHeard(reader));
        _clock.Now += TimeSpan.FromSeconds(9);
        Assert.False(_noise.IsHeard(reader));
        _clock.Now += TimeSpan.FromSeconds(1);
        Assert.True(_noise.IsHeard(reader));
    }

    [Fact]
    public void Everybody_else_is_heard_each_time() => Assert.All([GetType(), GetType(), null], source => Assert.True(_noise.IsHeard(source)));

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
