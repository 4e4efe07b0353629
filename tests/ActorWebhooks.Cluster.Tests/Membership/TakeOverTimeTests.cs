using ActorWebhooks.Cluster.Membership;
using Akka.Actor;
using Akka.Configuration;
using Akka.Remote;
using CsCheck;

namespace ActorWebhooks.Cluster.Tests.Membership;

public sealed class TakeOverTimeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Earliest_take_over_is_the_detection_and_the_decision_that_are_configured()
    {
        var time = Of("""
            akka.cluster {
              failure-detector.acceptable-heartbeat-pause = 4s
              split-brain-resolver.stable-after = 9s
              down-removal-margin = 2s
            }
            """);

        Assert.Equal((4 * Second, 9 * Second, 2 * Second), (time.Detection, time.Decision, time.Margin));
        Assert.Equal((13 * Second, 4 * Second), (time.Earliest, time.EarliestOfExiting));
    }

    [Fact]
    public void Profile_leaves_time_for_a_lease_before_a_take_over() => Assert.Equal(8 * Second, Of("").Earliest);

    [Theory]
    [InlineData("off")]
    [InlineData("no")]
    [InlineData("0s")]
    public void Margin_that_is_off_is_the_time_of_the_decision_as_for_Akka(string margin)
    {
        var config = Whole($"akka.cluster {{ down-removal-margin = {margin}, split-brain-resolver.stable-after = 8s }}");
        using var system = ActorSystem.Create("margin", ConfigurationFactory.ParseString("""
            akka {
              stdout-loglevel = OFF
              loggers = []
              actor.provider = cluster
              remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 }
              coordinated-shutdown.run-by-actor-system-terminate = off
            }
            """).WithFallback(config));

        Assert.Equal(8 * Second, TakeOverTime.Of(config).Margin);
        Assert.Equal(8 * Second, Akka.Cluster.Cluster.Get(system).DowningProvider.DownRemovalMargin);
    }

    [Fact]
    public void Decision_of_another_downing_provider_cannot_be_counted_on() =>
        Assert.Equal(TimeSpan.Zero, Of("""akka.cluster.downing-provider-class = "Akka.Cluster.NoDowning, Akka.Cluster" """).Decision);

    [Fact]
    public void Detection_of_another_failure_detector_cannot_be_counted_on() =>
        Assert.Equal(TimeSpan.Zero, Of("""akka.cluster.failure-detector.implementation-class = "My.Detector, My" """).Detection);

    [Theory]
    [InlineData("Akka.Remote.PhiAccrualFailureDetector, Akka.Remote")]
    [InlineData("Akka.Remote.DeadlineFailureDetector, Akka.Remote")]
    public void No_detector_of_Akka_calls_a_node_unreachable_sooner_however_its_answers_came(string type)
    {
        var config = Whole($"akka.cluster.failure-detector {{ implementation-class = \"{type}\", acceptable-heartbeat-pause = 3s, heartbeat-interval = 1s }}");
        var detection = (long)TakeOverTime.Of(config).Detection.TotalMilliseconds;

        Gen.Long[0, 5000].List[0, 40].Sample(
            pauses =>
            {
                var now = 0L;
                var detector = Detector(type, config.GetConfig("akka.cluster.failure-detector"), () => now);
                detector.HeartBeat();
                foreach (var pause in pauses)
                {
                    now += pause;
                    detector.HeartBeat();
                }

                now += detection - 1;
                Assert.True(detector.IsAvailable);
            },
            iter: 2000);
    }

    private static FailureDetector Detector(string type, Config config, Clock clock) => type.Contains("Phi", StringComparison.Ordinal)
        ? new PhiAccrualFailureDetector(
            config.GetDouble("threshold"),
            config.GetInt("max-sample-size"),
            config.GetTimeSpan("min-std-deviation"),
            config.GetTimeSpan("acceptable-heartbeat-pause"),
            config.GetTimeSpan("heartbeat-interval"),
            clock)
        : new DeadlineFailureDetector(config.GetTimeSpan("acceptable-heartbeat-pause"), config.GetTimeSpan("heartbeat-interval"), clock);

    private static TakeOverTime Of(string hocon) => TakeOverTime.Of(Whole(hocon));

    private static Config Whole(string hocon) => ConfigurationFactory.ParseString(hocon)
        .WithFallback(ShardedWebhooks.Profile)
        .WithFallback(ConfigurationFactory.FromResource<Akka.Cluster.Cluster>("Akka.Cluster.Configuration.Cluster.conf"));
}
