using System.Collections.Immutable;
using System.Net;
using ActorWebhooks.Delivery;
using ActorWebhooks.Routing;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;

namespace ActorWebhooks.Tests.Routing;

public sealed class LeavingTests : VirtualTimeTests
{
    private const string Audit = """
        [webhook.audit]
        url = "http://127.0.0.1:9/"
        events = "*"
        throttle = "1h"
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string _configFile = Path.GetTempFileName();

    [Fact]
    public async Task Webhook_that_is_back_before_it_has_left_waits_for_its_window_as_ever()
    {
        var (router, webhook) = await StartAsync();
        await LeaveAsync(router, webhook);

        await ReloadAsync(router, Audit);
        await Advance(router, TimeSpan.FromSeconds(1));

        Assert.Equal(WebhookState.Waiting, (await webhook.Ask<WebhookStatus>(new ResumeWebhook(), Patience)).State);
        Assert.Equal(0, Endpoint.Unseen);

        // So that the stop does not wait for it.
        await webhook.Ask<WebhookStatus>(new PauseWebhook(), Patience);
    }

    [Fact]
    public async Task Webhook_leaves_in_its_time_and_stays_away_whatever_happens_to_the_supervisor()
    {
        var (router, webhook) = await StartAsync();
        await LeaveAsync(router, webhook);

        // It looks up what is not there.
        router.Tell(new ToWebhook(null!, new GetStatus()));
        await Settle(router);
        Assert.Single(await RunningAsync(router));
        await Advance(router, TimeSpan.FromSeconds(10));

        await Eventually.Equal(0, async () => (await RunningAsync(router)).Length);
        Watch(webhook);
        ExpectTerminated(webhook);
        Assert.Empty(await RunningAsync(router));
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        File.Delete(_configFile);
    }

    private async Task<(IActorRef Router, IActorRef Webhook)> StartAsync()
    {
        await File.WriteAllTextAsync(_configFile, Audit);
        var router = Webhooks.Start(Sys, new WebhooksOptions { ConfigFile = _configFile, Time = Time, HttpHandlerOf = _ => Endpoint });
        router.Tell(Some.Event("1"));
        (await Endpoint.NextAsync()).Respond(HttpStatusCode.OK);
        var webhook = await Sys.ActorSelection(router.Path / "audit").ResolveOne(Patience);
        await Eventually.Equal(1, async () => (await StatusOf(webhook)).Delivered);
        return (router, webhook);
    }

    // It cannot empty itself, so it is looked after until its time is over.
    private async Task LeaveAsync(IActorRef router, IActorRef webhook)
    {
        await webhook.Ask<WebhookStatus>(new PauseWebhook(), Patience);
        router.Tell(Some.Event("2"));
        await ReloadAsync(router, "# no webhooks");
        await Settle(webhook);
        await Settle(router);
    }

    private static async Task<ImmutableArray<WebhookStatus>> RunningAsync(IActorRef router) =>
        (await router.Ask<WebhooksStatus>(new GetWebhooks(), Patience)).Webhooks;

    private async Task ReloadAsync(IActorRef router, string toml)
    {
        await File.WriteAllTextAsync(_configFile, toml);
        Assert.Empty((await router.Ask<WebhooksReloaded>(ReloadWebhooks.Instance, Patience)).Errors);
    }
}
