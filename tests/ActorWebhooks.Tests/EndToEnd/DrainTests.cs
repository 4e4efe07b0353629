using System.Diagnostics;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.AspNetCore.Http;

namespace ActorWebhooks.Tests.EndToEnd;

public sealed class DrainTests
{
    [Fact]
    public async Task Stop_under_load_delivers_every_accepted_event_within_the_deadline()
    {
        await using var receiver = await Receiver.StartAsync();
        var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver, """throttle = "10m" """));
        var publisher = Webhooks.CreatePublisher(host.Router);
        var load = Task.Run(async () =>
        {
            for (var accepted = 0; ; accepted++)
            {
                if (!(await publisher.PublishAsync(Some.Event($"{accepted}"))).IsAccepted)
                    return accepted;
            }
        });
        await Eventually.True(() => receiver.Requests.Count > 0);

        var since = Stopwatch.GetTimestamp();
        await host.DisposeAsync();

        Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(10));
        Assert.Equal(Enumerable.Range(0, await load).Select(i => $"{i}"), receiver.EventIds);
    }

    [Fact]
    public async Task Stop_with_a_dead_endpoint_ends_with_the_deadline()
    {
        await using var receiver = await Receiver.StartAsync(_ => StatusCodes.Status503ServiceUnavailable);
        var host = await WebhookHost.StartAsync(akka => akka
            .WithWebhooks(options => options.ConfigText = WebhookHost.Toml(receiver, """retry.initial = "10ms" """))
            .AddHocon("actor-webhooks.drain-timeout = 300ms", HoconAddMode.Prepend));
        host.Router.Tell(Some.Event("1"));
        await Eventually.True(() => receiver.Requests.Count > 0);

        var since = Stopwatch.GetTimestamp();
        await host.DisposeAsync();

        // The runtime's timers go by a coarser clock than the stopwatch, and may be a little early by it.
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.FromMilliseconds(280), TimeSpan.FromSeconds(8));
    }
}
