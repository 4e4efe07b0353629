using System.Text;
using ActorWebhooks.Outbox;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Cluster.Tests.Clusters;

public sealed class LargeEventTests
{
    private const int MaxEventBytes = 256 * 1024;

    // The least that is accepted with these settings.
    private const string TightFrame = """
        actor-webhooks.max-event-bytes = 1MiB
        akka.remote.dot-netty.tcp { maximum-frame-size = 1061280, send-buffer-size = 1061280, receive-buffer-size = 1061280 }
        """;

    [Fact]
    public async Task Event_of_the_largest_size_goes_from_node_to_node_byte_for_byte_and_one_more_byte_is_refused()
    {
        await using var cluster = await TestCluster.CreateAsync();
        var toml = cluster.Toml(["audit"]);
        var host = await cluster.StartAsync(toml, "akka.cluster.roles = [ hosts ]", "hosts");
        var publisher = await cluster.StartAsync(toml, role: "hosts");
        await TestCluster.SeeAsync(2, host, publisher);
        cluster.Receiver.KeepsBodies = true;
        var frame = BatchBody.LengthWithOnly(WebhookEvent.FromJson("all.test", "{}", "largest")) - 2;
        var data = DataOf(MaxEventBytes - frame);

        var taken = await publisher.Publisher.PublishAsync(WebhookEvent.FromJson("all.test", data, "largest"));
        var refused = await publisher.Publisher.PublishAsync(WebhookEvent.FromJson("all.test", DataOf(MaxEventBytes - frame + 2), "larger"));

        Assert.Equal((1, true), (taken.Accepted, taken.IsAccepted));
        var refusal = Assert.Single(refused.Refusals);
        Assert.Equal(("larger", RefusalReason.EventTooLarge), (refusal.EventId, refusal.Reason));
        await Eventually.Equal("largest", () => string.Join(' ', cluster.Receiver.TakenBy("audit")));
        Assert.EndsWith($"\"data\":{Encoding.UTF8.GetString(data)}}}]}}", Encoding.UTF8.GetString(Assert.Single(cluster.Receiver.Bodies)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Largest_event_with_the_longest_names_fits_into_the_least_frame_that_is_accepted()
    {
        await using var cluster = await TestCluster.CreateAsync();
        var webhook = new string('€', 128);
        var toml = cluster.Toml([webhook]).Replace($"only.{webhook}", "only.*", StringComparison.Ordinal);
        var host = await cluster.StartAsync(toml, TightFrame + "\nakka.cluster.roles = [ hosts ]", "hosts");
        var publisher = await cluster.StartAsync(toml, TightFrame, "hosts");
        await TestCluster.SeeAsync(2, host, publisher);
        var (type, id) = ("only." + new string('t', 123), new string('i', 128));

        var frame = BatchBody.LengthWithOnly(WebhookEvent.FromJson(type, "{}", id)) - 2;
        var receipt = await publisher.Publisher.PublishAsync(WebhookEvent.FromJson(type, DataOf((1024 * 1024) - frame), id));

        Assert.Equal((1, true), (receipt.Accepted, receipt.IsAccepted));
        await Eventually.Equal(id, () => string.Join(' ', cluster.Receiver.TakenBy(webhook)));
    }

    // Of all bytes that JSON may have in a string as they are.
    private static byte[] DataOf(int bytes)
    {
        const int braces = 8;
        var text = new StringBuilder("{\"a\":\"");
        for (var i = 0; text.Length < bytes - braces + 6; i++)
        {
            var character = (char)(' ' + (i % 95));
            text.Append(character is '"' or '\\' ? '.' : character);
        }

        return Encoding.UTF8.GetBytes(text.Append("\"}").ToString());
    }
}
