using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;
using CsCheck;

namespace ActorWebhooks.Tests.Delivery.Machine;

public sealed class RateTests
{
    private static readonly TimeSpan Half = TimeSpan.FromMilliseconds(500);

    // Two requests a second, each of one event.
    private static readonly WebhookDefinition Webhook = Some.Webhook with
    {
        Throttle = TimeSpan.Zero,
        Rate = new RequestRate(2, 's'),
        Batch = new BatchLimits(1, 100_000),
        Retry = new RetryDelays(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)),
    };

    [Fact]
    public void Backlog_leaves_at_the_rate()
    {
        using var rig = new MachineRig(Webhook);
        rig.Accept(Enumerable.Range(0, 2_000).Select(i => $"{i}"));

        rig.Run(new Says(Outcomes.Status(200)), TimeSpan.FromSeconds(60));

        Assert.Equal(121, rig.Requests.Count);
        Assert.Equal(Enumerable.Range(0, 121).Select(i => i * Half), rig.Requests.Select(request => request.At));
        Assert.Equal(WebhookState.Waiting, rig.Status.State);
    }

    [Fact]
    public void Quiet_time_saves_nothing_up()
    {
        using var rig = new MachineRig(Webhook);
        rig.Accept("1").Exchange(200);
        rig.Pass(TimeSpan.FromHours(1));
        rig.Accept("2", "3");

        Assert.Equal(["2"], rig.Exchange(200).Ids);
        Assert.Equal(Half, rig.Wait);
    }

    [Fact]
    public void Retries_parts_and_what_is_asked_for_by_hand_keep_the_rate()
    {
        using var rig = new MachineRig(Webhook with { Batch = new BatchLimits(10, 100_000) });
        rig.Accept("1", "2").Exchange(500);
        Assert.Equal(Half, rig.Wait);
        rig.Machine.RetryNow();
        rig.Machine.Resume();
        rig.Machine.Reconfigure(rig.Machine.Definition with { Url = new Uri("http://127.0.0.1:9/other") });
        rig.Machine.Drain();
        Assert.Equal(Half, rig.Wait);

        rig.Pass(Half);
        rig.Exchange(422);
        Assert.Equal(Half, rig.Wait);
        rig.Pass(Half);
        Assert.Equal(["1"], rig.Exchange(200).Ids);
        Assert.Equal(Half, rig.Wait);
    }

    [Fact]
    public void Events_gather_while_the_rate_is_waited_for()
    {
        using var rig = new MachineRig(Webhook with { Batch = new BatchLimits(10, 100_000) });
        rig.Accept("1").Exchange(200);
        rig.Accept("2");
        Assert.Equal(Half, rig.Wait);
        rig.Accept("3");
        rig.Pass(Half);

        Assert.Equal(["2", "3"], rig.Exchange(200).Ids);
    }

    [Fact]
    public void Rate_that_is_changed_counts_from_the_latest_request()
    {
        using var rig = new MachineRig(Webhook with { Rate = null });
        rig.Accept("1", "2").Exchange(200);

        rig.Machine.Reconfigure(Webhook with { Rate = new RequestRate(1, 'm') });
        Assert.Equal(TimeSpan.FromMinutes(1), rig.Wait);
        rig.Machine.Reconfigure(Webhook);
        Assert.Equal(Half, rig.Wait);
    }

    [Fact]
    public void Longer_wait_of_endpoint_throttle_or_rate_is_the_one_that_counts()
    {
        using var rig = new MachineRig(Webhook with { Throttle = TimeSpan.FromSeconds(2) });
        rig.Accept("1").Exchange(200);
        rig.Accept("2");
        Assert.Equal(Half, rig.Wait);
        rig.Pass(Half);
        Assert.Equal(TimeSpan.FromSeconds(1.5), rig.Wait);
        rig.Pass(TimeSpan.FromSeconds(1.5));
        rig.Exchange(Outcomes.RetryAfter(429, TimeSpan.FromSeconds(7)));

        Assert.Equal(TimeSpan.FromSeconds(7), rig.Wait);
    }

    [Fact]
    public void New_owner_that_knows_of_nothing_waits_a_whole_interval()
    {
        using var rig = new MachineRig(Webhook);
        rig.Machine.Pace = Pace.From(rig.Time.Elapsed);

        Assert.Equal(Half, rig.Accept("1").Wait);
    }

    [Fact]
    public void Whatever_happens_no_time_has_more_requests_than_the_rate_allows() =>
        Gen.Select(
            Gen.Select(Gen.Int[1, 40], Gen.Char["sm"], Gen.OneOf(Gen.Const(0), Gen.Int[1, 3_000]), Gen.Int[1, 5]),
            Gen.Select(Gen.Int[0, 6], Gen.OneOf(Gen.Const(0), Gen.Int[1, 400], Gen.Int[1, 3_000]), Gen.Int[0, 8]).Array[1, 60]).Sample((settings, steps) =>
            {
                var (count, unit, throttle, events) = settings;
                var definition = Webhook with
                {
                    Rate = new RequestRate(count, unit),
                    Throttle = TimeSpan.FromMilliseconds(throttle),
                    Batch = new BatchLimits(events, 100_000),
                };
                using var rig = new MachineRig(definition);
                var id = 0;
                foreach (var (arriving, milliseconds, what) in steps)
                {
                    rig.Accept(Enumerable.Range(0, arriving).Select(_ => $"{++id}"));
                    switch (what)
                    {
                        case 0: rig.Machine.RetryNow(); break;
                        case 1: rig.Machine.Resume(); break;
                        case 2: rig.Machine.Drain(); break;
                        case 3: rig.Machine.Reconfigure(definition with { AllowInvalidCerts = milliseconds % 2 == 0 }); break;
                        case 4: rig.Run(new Says(Outcomes.Status(422)), TimeSpan.FromMilliseconds(milliseconds)); break;
                        case 5: rig.Run(new Says(Outcomes.Status(500)), TimeSpan.FromMilliseconds(milliseconds)); break;
                        case 6: rig.Pass(TimeSpan.FromMilliseconds(milliseconds)); break;
                        default: rig.Run(new Says(Outcomes.Status(200)), TimeSpan.FromMilliseconds(milliseconds)); break;
                    }
                }

                var time = unit == 's' ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(1);
                var starts = rig.Requests.Select(request => request.At).ToArray();
                for (var i = 0; i + count < starts.Length; i++)
                    Assert.True(starts[i + count] - starts[i] >= time, $"{count + 1} requests from {starts[i]} to {starts[i + count]}.");
            },
            iter: 500);
}
