using System.Collections.Immutable;
using ActorWebhooks.Cluster.Entities;
using ActorWebhooks.Cluster.Hop;
using ActorWebhooks.Cluster.Wire;
using ActorWebhooks.Delivery;
using CsCheck;

namespace ActorWebhooks.Cluster.Tests.Wire;

/// <summary>What a node of a later version may say to one of this.</summary>
public sealed class LaterVersionTests
{
    [Fact]
    public void What_a_later_version_adds_at_the_end_is_left_alone() =>
        AnyMessage.OfAnyKind.Where(message => message is not Bundle).Sample(message =>
        {
            byte[] longer = [.. Wired.Serializer.ToBinary(message), 1, 2, 3];
            Assert.Equal(message.Told(), Wired.Read(longer, Wired.Serializer.Manifest(message)).Told());
        });

    [Fact]
    public void Values_that_an_older_version_does_not_know_stand_behind_what_it_reads_instead()
    {
        var bytes = Wired.Serializer.ToBinary(Samples.All["answer-report-of-waiting"]);
        Assert.Equal((byte)WebhookState.WaitingForConnection, bytes[^1]);
        Assert.Equal((byte)WebhookState.Waiting, bytes[1]);

        // Without the last byte it is what an older version takes it for.
        var report = (WebhookReport)((CommandAnswer)Wired.Read(bytes[..^1], "r")).Answer;
        Assert.Equal((WebhookState.Waiting, AttemptEnd.BrokenOff), (report.State, report.LastAttempt!.Outcome.Kind));
    }

    [Fact]
    public void What_a_later_version_adds_at_the_end_of_each_item_is_left_alone()
    {
        var attempt = new Attempt(
            DateTimeOffset.UnixEpoch, "b", 1, 2, new AttemptOutcome(AttemptEnd.Response, 200), Decision.Delivered, TimeSpan.FromSeconds(3));
        var to = new WireWriter();
        to.Byte(6);
        to.Number(2);
        for (var i = 0; i < 2; i++)
        {
            to.Block(attempt, (block, value) =>
            {
                AttemptCodec.Write(block, value);
                block.Text("later");
            });
        }

        var read = (CommandAnswer)Wired.Read(to.ToArray(), "r");
        Assert.Equal<Attempt>([attempt, attempt], ((ImmutableArray<Attempt>)read.Answer).ToArray());
    }

    [Fact]
    public void Message_of_a_kind_that_is_not_known_is_malformed() =>
        Assert.Contains("'z'", Assert.Throws<InvalidDataException>(() => Wired.Read([], "z")).Message, StringComparison.Ordinal);
}
