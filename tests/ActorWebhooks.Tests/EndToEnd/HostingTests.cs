using ActorWebhooks.Tests.Testing;
using Akka.Actor;
using Akka.Hosting;

namespace ActorWebhooks.Tests.EndToEnd;

public sealed class HostingTests
{
    [Fact]
    public async Task Without_hosting_the_same_router_is_started()
    {
        await using var receiver = await Receiver.StartAsync();
        using var system = ActorSystem.Create("plain", "akka.loglevel = OFF");

        var router = Webhooks.Start(system, new WebhooksOptions { ConfigText = WebhookHost.Toml(receiver) });
        var receipt = await Webhooks.CreatePublisher(router).PublishAsync(Some.Event("1"));
        await Eventually.Equal(1, () => receiver.Requests.Count);

        Assert.Equal(1, receipt.Accepted);
        Assert.Equal(["1"], receiver.EventIds);
        await system.Terminate();
    }

    [Fact]
    public async Task Publisher_comes_from_dependency_injection_and_completes_when_the_webhook_holds_the_event()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver));

        var receipt = await host.Publisher.PublishAsync(new WebhookEvents([Some.Event("1"), Some.Event("2")]));

        Assert.True(receipt.IsAccepted);
        Assert.Equal(2, receipt.Accepted);
        await Eventually.Equal(2, () => receiver.EventIds.Count());
    }

    [Fact]
    public async Task Configuration_file_is_read_from_disk()
    {
        await using var receiver = await Receiver.StartAsync();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, WebhookHost.Toml(receiver));
        await using var host = await WebhookHost.StartAsync(akka => akka.WithWebhooks(file));
        File.Delete(file);

        host.Router.Tell(Some.Event("1"));

        await Eventually.Equal(1, () => receiver.Requests.Count);
    }

    [Fact]
    public async Task Application_does_not_start_with_a_configuration_that_has_errors_and_names_them_all()
    {
        const string toml = """
            [webhook.a]
            url = "ftp://example.com"
            events = "*"
            throtle = "1s"
            """;

        var refused = await Assert.ThrowsAsync<WebhookConfigurationException>(() => WebhookHost.StartAsync(toml));

        Assert.Equal(2, refused.Errors.Count);
        Assert.StartsWith("ConfigText:2:7: url", refused.Errors[0], StringComparison.Ordinal);
        Assert.StartsWith("ConfigText:4:1: unknown key", refused.Errors[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Application_does_not_start_durable_without_a_journal()
    {
        var refused = await Assert.ThrowsAsync<WebhookConfigurationException>(() => WebhookHost.StartAsync("", options => options.Durable = true));

        Assert.Equal(
            "actor-webhooks.durable = on, and akka.persistence.journal.plugin is Akka's journal in memory, which keeps nothing: "
                + "configure a journal plugin and name it there or in actor-webhooks.journal.plugin.",
            Assert.Single(refused.Errors));
    }

    [Fact]
    public async Task Webhook_that_is_not_enabled_receives_nothing()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver, "enable = false"));

        var receipt = await host.Publisher.PublishAsync(Some.Event("1"));

        Assert.Equal(0, receipt.Accepted);
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task After_the_stop_events_are_refused_with_the_reason()
    {
        await using var receiver = await Receiver.StartAsync();
        var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver));
        var (router, publisher) = (host.Router, Webhooks.CreatePublisher(host.Router));
        await host.DisposeAsync();

        router.Tell(Some.Event("1"));
        var receipt = await publisher.PublishAsync(Some.Event("2"));

        Assert.Equal(RefusalReason.Stopping, Assert.Single(receipt.Refusals).Reason);
    }

    [Fact]
    public async Task Whoever_waits_for_a_receipt_when_the_system_ends_is_answered()
    {
        await using var receiver = await Receiver.StartAsync();
        for (var round = 0; round < 20; round++)
        {
            using var system = ActorSystem.Create("plain", "akka.loglevel = OFF");
            var router = Webhooks.Start(system, new WebhooksOptions { ConfigText = WebhookHost.Toml(receiver) });
            var publisher = Webhooks.CreatePublisher(router);
            var waiting = Task.Run(async () =>
            {
                while ((await publisher.PublishAsync(Some.Event("1"))).IsAccepted)
                {
                    // Until the stop refuses it.
                }
            });
            var end = system.Terminate();

            await waiting.WaitAsync(TimeSpan.FromSeconds(20));
            await end;
        }
    }

    [Fact]
    public async Task Hocon_of_the_application_counts_however_it_is_added()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await WebhookHost.StartAsync(akka => akka
            .WithWebhooks(options => options.ConfigText = WebhookHost.Toml(receiver))
            .AddHocon("actor-webhooks.max-event-bytes = 50", HoconAddMode.Append));

        var receipt = await host.Publisher.PublishAsync(Some.EventOfSize("1", 51));

        Assert.Equal(RefusalReason.EventTooLarge, Assert.Single(receipt.Refusals).Reason);
    }

    [Fact]
    public void Second_start_in_a_system_is_refused_with_what_to_do()
    {
        using var system = ActorSystem.Create("plain", "akka.loglevel = OFF");
        Webhooks.Start(system, new WebhooksOptions { ConfigText = "" });

        var refused = Assert.Throws<InvalidOperationException>(() => Webhooks.Start(system, new WebhooksOptions { ConfigText = "" }));

        Assert.Contains("start it once", refused.Message, StringComparison.Ordinal);
    }
}
