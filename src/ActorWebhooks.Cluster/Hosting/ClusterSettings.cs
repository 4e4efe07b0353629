using System.Globalization;
using ActorWebhooks.Cluster.Hop;
using ActorWebhooks.Cluster.Membership;
using ActorWebhooks.Cluster.Port;
using ActorWebhooks.Hosting;
using Akka.Actor;
using Akka.Configuration;

namespace ActorWebhooks.Cluster.Hosting;

/// <summary>The checked settings of a node of a cluster: options in code over application HOCON over <c>cluster.conf</c>.</summary>
internal sealed record ClusterSettings(
    string Role, int Shards, int RebalanceLimit, HopLimits Hop, TimeSpan PassivateAfter, TimeSpan HandOver, TimeSpan DriftPatience)
{
    private const string FrameKey = "akka.remote.dot-netty.tcp.maximum-frame-size";

    // What a message takes besides what is in it: who it is from, and for.
    private const long FrameOverhead = 8 * 1024;

    // What an event takes besides its data, with the longest id and type.
    private const long EventOverhead = 512;

    // The largest answer about a webhook: a page of dead letters, and one more.
    private const long AnswerBytes = 640 * 1024;

    private const long MiB = 1024 * 1024;

    /// <param name="errors">Gets each setting that is not right.</param>
    public static ClusterSettings Create(Config config, ShardedWebhooksOptions options, List<string> errors)
    {
        var reader = new SettingsReader(config.GetConfig(WebhooksSettings.Section), errors);
        PortLimits.Create(reader);
        var bundleBytes = reader.Size("cluster.bundle-bytes", "", null, 4096, 16 * MiB);
        return new ClusterSettings(
            options.Role ?? reader.Text("cluster.role"),
            reader.Integer("cluster.shards", 1, 10_000),
            reader.Integer("cluster.rebalance-limit", 1, 10_000),
            new HopLimits(
                (int)bundleBytes,
                reader.Integer("cluster.bundle-events", 1, 100_000),
                reader.Duration("cluster.bundle-linger", TimeSpan.Zero),
                reader.Size("cluster.window-bytes", "", null, bundleBytes, long.MaxValue),
                reader.Duration("cluster.resend-after", TimeSpan.FromMilliseconds(100)),
                reader.Duration("cluster.probe-interval", TimeSpan.FromSeconds(1))),
            reader.Duration("cluster.passivate-after", TimeSpan.FromSeconds(1)),
            reader.Duration("cluster.hand-over-timeout", TimeSpan.Zero),
            reader.Duration("cluster.drift-patience", TimeSpan.FromSeconds(1)));
    }

    /// <summary>Whether webhooks live on this node.</summary>
    public bool IsHost(ActorSystem system) => new Hosts(Akka.Cluster.Cluster.Get(system), Role).IsSelf;

    /// <summary>Adds an error unless every bundle fits into a frame: what does not, Akka drops.</summary>
    public void CheckFrames(Config config, long maxEventBytes, List<string> errors)
    {
        var frame = config.GetByteSize(FrameKey) ?? 0;
        var largestBundle = Math.Max(Hop.BundleBytes, maxEventBytes + EventOverhead) + (Hop.BundleEvents * (long)sizeof(int));
        var largest = Math.Max(largestBundle, AnswerBytes) + FrameOverhead;
        if (frame >= largest)
            return;
        errors.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{FrameKey} = {frame:N0}: accepted is {largest:N0} bytes or more, so that the largest bundle and the largest event "
                + $"({WebhooksSettings.Section}.cluster.bundle-bytes, {WebhooksSettings.Section}.max-event-bytes) get through, and the largest answer."));
    }
}
