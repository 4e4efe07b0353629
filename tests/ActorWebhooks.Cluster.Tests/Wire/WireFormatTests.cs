using System.Collections.Immutable;
using ActorWebhooks.Cluster.Entities;
using ActorWebhooks.Cluster.Hop;
using ActorWebhooks.Cluster.Wire;
using ActorWebhooks.Delivery;
using CsCheck;

namespace ActorWebhooks.Cluster.Tests.Wire;

public sealed class WireFormatTests
{
    public static TheoryData<string> Names => [.. Samples.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Message_is_written_as_its_golden_file_has_it(string name) =>
        Assert.Equal(Golden.Text(name), Convert.ToHexString(Wired.Serializer.ToBinary(Samples.All[name])));

    [Theory]
    [MemberData(nameof(Names))]
    public void Golden_file_is_read_as_what_was_said_and_written_again_as_it_is(string name)
    {
        var read = Wired.Read(Golden.Bytes(name), Wired.Serializer.Manifest(Samples.All[name]));
        Assert.Equal(Samples.All[name].Told(), read.Told());
        Assert.Equal(Golden.Text(name), Convert.ToHexString(Wired.Serializer.ToBinary(read)));
    }

    [Fact]
    public void Manifests_are_one_letter_for_each_kind()
    {
        var manifests = Samples.All.Values
            .Select(sample => (Kind: sample.GetType().Name, Manifest: Wired.Serializer.Manifest(sample)))
            .Distinct();
        Assert.Equal(
            [
                ("Bundle", "b"),
                ("CommandAnswer", "r"),
                ("CommandForWebhook", "c"),
                ("ConfigurationReport", "h"),
                ("LeaseGrant", "g"),
                ("LeaseRequest", "t"),
                ("NodeSettled", "e"),
                ("NodeStopping", "s"),
                ("Progress", "p"),
                ("StepAside", "l"),
                ("WakeWebhook", "w"),
                ("WebhookAwake", "a"),
            ],
            manifests.OrderBy(pair => pair.Kind, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_kind_of_message_crosses()
    {
        var kinds = typeof(IWireMessage).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IWireMessage)) && !type.IsInterface);
        foreach (var kind in kinds)
        {
            var samples = Samples.All.Values.Where(sample => sample.GetType() == kind).ToList();
            Assert.True(samples.Count > 0, $"{kind.Name} has no sample");
            Assert.All(samples, sample => Assert.Equal(sample.Told(), sample.Sent().Told()));
        }
    }

    [Fact]
    public void Any_bundle_crosses() => AssertCrosses(AnyMessage.Bundle);

    [Fact]
    public void Any_progress_crosses() => AssertCrosses(AnyMessage.Progress);

    [Fact]
    public void Any_call_to_wake_and_its_answer_cross() => AssertCrosses(Gen.OneOf(AnyMessage.WakeWebhook, AnyMessage.WebhookAwake));

    [Fact]
    public void Any_command_crosses() => AssertCrosses(AnyMessage.CommandForWebhook);

    [Fact]
    public void Any_answer_crosses() => AssertCrosses(AnyMessage.CommandAnswer);

    [Fact]
    public void Any_report_of_a_configuration_crosses() => AssertCrosses(AnyMessage.ConfigurationReport);

    [Fact]
    public void Bundle_is_sent_as_the_bytes_that_it_is_made_of()
    {
        var bundle = (Bundle)Samples.All["bundle"];
        Assert.Same(bundle.Bytes, Wired.Serializer.ToBinary(bundle));
    }

    [Fact]
    public void Time_of_another_zone_crosses_as_the_same_instant()
    {
        var at = new DateTimeOffset(2026, 11, 23, 16, 55, 0, 123, TimeSpan.FromHours(2)).AddTicks(4567);
        var sent = new CommandAnswer(ImmutableArray.Create(
            new Attempt(at, "b", 1, 1, new AttemptOutcome(AttemptEnd.Response), Decision.Delivered, TimeSpan.Zero))).Sent();
        var read = Assert.Single((ImmutableArray<Attempt>)((CommandAnswer)sent).Answer);
        Assert.Equal((at.UtcTicks, TimeSpan.Zero), (read.At.Ticks, read.At.Offset));
    }

    private static void AssertCrosses(Gen<IWireMessage> messages) =>
        messages.Sample(message => Assert.Equal(message.Told(), message.Sent().Told()));
}
