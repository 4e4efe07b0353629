using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Delivery.Machine;

/// <summary>A wait belongs to the endpoint that asked for it.</summary>
public sealed class EndpointChangeTests
{
    private static readonly TimeSpan HalfAnHour = TimeSpan.FromMinutes(30);

    private static readonly WebhookDefinition Webhook = Some.Webhook with { Throttle = TimeSpan.Zero };

    public static TheoryData<string> Changes => [.. Changed.Keys];

    private static Dictionary<string, WebhookDefinition> Changed => new()
    {
        ["url"] = Webhook with { Url = new Uri("http://127.0.0.1:9/other") },
        ["credentials"] = Webhook with { Authorization = Authorization.Bearer("token") },
        ["header"] = Webhook with { Headers = [new CustomHeader("X-Api-Key", "key")] },
        ["signature key"] = Webhook with { SignatureKeys = [SignatureKey.FromText("key")] },
        ["signature scheme"] = Webhook with { SignatureScheme = SignatureScheme.Both },
        ["certificates"] = Webhook with { AllowInvalidCerts = true },
        ["version of HTTP"] = Webhook with { HttpVersion = HttpVersionChoice.Http2 },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Another_endpoint_is_tried_at_once_and_has_failed_at_nothing(string change)
    {
        using var rig = new MachineRig(Webhook);
        var first = rig.Accept("1").Exchange(Outcomes.RetryAfter(429, HalfAnHour));
        Assert.Equal(HalfAnHour, rig.Wait);

        rig.Machine.Reconfigure(Changed[change]);

        Assert.Equal((0, WebhookState.Waiting), (rig.Status.Failures, rig.Status.State));
        Assert.Equal(first.BatchId, rig.Exchange(500).BatchId);
        Assert.Equal(TimeSpan.FromMilliseconds(500), rig.Wait);
    }

    [Fact]
    public void What_is_no_matter_of_the_endpoint_leaves_the_wait_as_it_is()
    {
        using var rig = new MachineRig(Webhook);
        rig.Accept("1").Exchange(Outcomes.RetryAfter(429, HalfAnHour));

        rig.Machine.Reconfigure(Webhook with { Throttle = TimeSpan.FromSeconds(2), Timeout = TimeSpan.FromSeconds(5), Retry = new(TimeSpan.Zero, TimeSpan.Zero) });

        Assert.Equal((HalfAnHour, 1), (rig.Wait, rig.Status.Failures));
    }

    [Theory]
    [InlineData(410)]
    [InlineData(422)]
    [InlineData(429)]
    [InlineData(500)]
    public void What_the_former_endpoint_still_answers_says_nothing_of_the_other(int status)
    {
        using var rig = new MachineRig(Webhook);
        var first = rig.Accept("1", "2").Send();
        rig.Machine.Reconfigure(Changed["url"]);

        Assert.Equal(Decision.Retry, rig.Finish(Outcomes.RetryAfter(status, HalfAnHour)));

        Assert.Equal((0, 0), (rig.Status.Failures, rig.Status.Dead));
        Assert.Equal(first.BatchId, rig.Exchange(429).BatchId);
        Assert.Equal(1, rig.Status.Failures);
    }

    [Fact]
    public void What_the_former_endpoint_still_takes_is_delivered()
    {
        using var rig = new MachineRig(Webhook);
        rig.Accept("1").Send();
        rig.Machine.Reconfigure(Changed["url"]);

        Assert.Equal(Decision.Delivered, rig.Finish(200));

        Assert.Equal((1L, 0), (rig.Status.Delivered, rig.Status.Waiting));
    }

    [Theory]
    [InlineData("url")]
    [InlineData("resume")]
    [InlineData("retry now")]
    public void Size_that_the_endpoint_takes_is_learned_anew(string what)
    {
        using var rig = new MachineRig(Webhook with { Batch = new BatchLimits(1000, 4096) });
        foreach (var id in Enumerable.Range(0, 100))
            rig.Accept(Some.EventOfSize($"{id:D2}", 100));
        rig.Exchange(413);
        rig.Exchange(200);
        rig.Exchange(200);
        Assert.InRange(rig.Exchange(200).Batch.Body.Length, 1800, 2048);

        if (what == "url")
            rig.Machine.Reconfigure(Changed["url"] with { Batch = new BatchLimits(1000, 4096) });
        else if (what == "resume")
            rig.Machine.Resume();
        else
            rig.Machine.RetryNow();

        Assert.InRange(rig.Exchange(200).Batch.Body.Length, 3800, 4096);
    }

    [Fact]
    public void Retry_now_forgets_what_was_asked_for_and_the_backoff()
    {
        using var rig = new MachineRig(Webhook);
        var first = rig.Accept("1").Exchange(500);
        rig.Pass(rig.Wait!.Value);
        rig.Exchange(Outcomes.RetryAfter(503, HalfAnHour));

        rig.Machine.RetryNow();

        Assert.Equal(first.BatchId, rig.Exchange(500).BatchId);
        Assert.Equal((TimeSpan.FromMilliseconds(500), 1), (rig.Wait, rig.Status.Failures));
    }

    [Fact]
    public void Retry_now_ends_no_pause()
    {
        using var rig = new MachineRig(Webhook);
        rig.Accept("1").Exchange(500);
        rig.Machine.Pause();

        rig.Machine.RetryNow();

        Assert.Equal((WebhookState.Paused, null), (rig.Status.State, rig.Machine.Next().Send));
        rig.Machine.Resume();
        Assert.Equal(["1"], rig.Send().Ids);
    }

    [Fact]
    public void Memory_that_an_endpoint_in_trouble_may_not_take_is_the_other_ones()
    {
        using var rig = new MachineRig(Webhook);
        rig.Accept("1").Exchange(500);

        rig.Machine.Reconfigure(Changed["url"]);

        Assert.Equal(EndpointStanding.Unknown, rig.Budget.Standing);
    }
}
