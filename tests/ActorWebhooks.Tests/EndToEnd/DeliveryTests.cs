using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;
using Microsoft.AspNetCore.Http;

namespace ActorWebhooks.Tests.EndToEnd;

public sealed class DeliveryTests
{
    [Fact]
    public async Task Stalwarts_example_sends_what_its_receivers_expect()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await WebhookHost.StartAsync($"""
            [webhook."my-webhook"]
            url = "{receiver.Url}"
            events = [ "auth.success", "store.ingest" ]
            timeout = "30s"
            throttle = "1s"
            signature-key = "my-secret-key"
            headers = [ "X-My-Header: my-value" ]
            allow-invalid-certs = false

            [webhook."my-webhook".auth]
            username = "account"
            secret = "password"
            """);

        host.Router.Tell(WebhookEvent.Create("auth.failure", new { accountName = "jdoe" }), ActorRefs.NoSender);
        host.Router.Tell(WebhookEvent.Create("auth.success", new { accountName = "jdoe" }, "1", Some.Time), ActorRefs.NoSender);
        await Eventually.Equal(1, () => receiver.Requests.Count);

        var request = Assert.Single(receiver.Requests);
        Assert.Equal("POST", request.Method);
        Assert.Equal("/hook", request.Path);
        Assert.Equal(
            """{"events":[{"id":"1","createdAt":"2026-11-23T14:55:00.123Z","type":"auth.success","data":{"accountName":"jdoe"}}]}""",
            request.Text);
        Assert.True(WebhookSignature.Verify(request.Body, request.Headers["X-Signature"], "my-secret-key"));
        Assert.False(WebhookSignature.Verify(request.Body, request.Headers["X-Signature"], "another-key"));
        Assert.Equal("Basic YWNjb3VudDpwYXNzd29yZA==", request.Headers["Authorization"]);
        Assert.Equal("my-value", request.Headers["X-My-Header"]);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        var version = typeof(WebhookEvent).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        Assert.Equal($"ActorWebhooks/{version.Split('+')[0]}", request.Headers["User-Agent"]);
    }

    [Fact]
    public async Task Thousand_events_within_a_window_arrive_in_at_most_three_requests_in_order_once()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver, """throttle = "1s" """));
        var ids = Enumerable.Range(0, 1000).Select(i => $"{i}").ToArray();

        foreach (var id in ids)
            host.Router.Tell(Some.Event(id), ActorRefs.NoSender);
        await Eventually.Equal(ids.Length, () => receiver.EventIds.Count());

        Assert.Equal(ids, receiver.EventIds);
        Assert.InRange(receiver.Requests.Count, 1, 3);
    }

    [Fact]
    public async Task Bad_days_of_an_endpoint_change_neither_order_nor_number()
    {
        // Two attempts of three fail; a failed one is sent again, byte for byte.
        var attempts = new ConcurrentDictionary<string, int>();
        await using var receiver = await Receiver.StartAsync(request =>
            attempts.AddOrUpdate(request.Text, 1, (_, n) => n + 1) < 3 ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver, """
            throttle = 0
            batch.max-events = 50
            retry.initial = "1ms"
            retry.max = "2ms"
            """));
        var ids = Enumerable.Range(0, 500).Select(i => $"{i}").ToArray();

        host.Router.Tell(new WebhookEvents(ids.Select(id => Some.Event(id))), ActorRefs.NoSender);
        await Eventually.Equal(3 * ids.Length, () => receiver.EventIds.Count());

        Assert.Equal(ids, receiver.Requests.Select(request => request.Text).Distinct().SelectMany(text =>
            StubRequest.EventIdsOf(System.Text.Encoding.UTF8.GetBytes(text))));
        Assert.All(attempts.Values, n => Assert.Equal(3, n));
        Assert.Equal(1, receiver.MostInFlight);
    }

    [Fact]
    public async Task Endpoint_that_says_404_for_a_while_gets_everything_in_order_once_and_its_neighbour_does_not_wait()
    {
        var isUp = false;
        await using var late = await Receiver.StartAsync(_ => Volatile.Read(ref isUp) ? StatusCodes.Status200OK : StatusCodes.Status404NotFound);
        await using var neighbour = await Receiver.StartAsync();
        await using var host = await WebhookHost.StartAsync($"""
            [webhook.late]
            url = "{late.Url}"
            events = "*"
            throttle = "5ms"
            retry.max = "50ms"
            retry.initial = "10ms"
            [webhook.neighbour]
            url = "{neighbour.Url}"
            events = "*"
            throttle = "5ms"
            """);
        var ids = Enumerable.Range(0, 300).Select(i => $"{i}").ToArray();

        foreach (var id in ids)
            Assert.True((await host.Publisher.PublishAsync(Some.Event(id))).IsAccepted);
        await Eventually.Equal(ids.Length, () => neighbour.EventIds.Count());
        var refused = late.Requests.Count;
        await Eventually.True(() => late.Requests.Count > refused + 2);
        Volatile.Write(ref isUp, true);
        await Eventually.Equal(ids[^1], () => late.EventIds.Last());

        // Until then it was the first batch again and again.
        Assert.Equal(ids, late.Requests.Select(request => request.Text).Distinct().SelectMany(text =>
            StubRequest.EventIdsOf(System.Text.Encoding.UTF8.GetBytes(text))));
        Assert.Equal(ids, neighbour.EventIds);
    }

    [Fact]
    public async Task Connections_are_reused()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver, "throttle = 0"));

        for (var i = 1; i <= 20; i++)
        {
            host.Router.Tell(Some.Event($"{i}"), ActorRefs.NoSender);
            await Eventually.Equal(i, () => receiver.EventIds.Count());
        }

        Assert.Equal(1, receiver.Connections);
    }

    [Fact]
    public async Task Redirect_is_not_followed()
    {
        await using var receiver = await Receiver.StartAsync(_ => StatusCodes.Status307TemporaryRedirect);
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver, """
            retry.initial = "1ms"
            retry.max = "1ms"
            """));

        host.Router.Tell(Some.Event("1"), ActorRefs.NoSender);
        await Eventually.True(() => receiver.Requests.Count >= 3);

        Assert.All(receiver.Requests, request => Assert.Equal("/hook", request.Path));
    }

    [Fact]
    public async Task Self_signed_certificate_is_refused_unless_the_webhook_allows_it()
    {
        using var certificate = Certificates.SelfSigned();
        await using var receiver = await Receiver.StartAsync(certificate: certificate);
        await using var host = await WebhookHost.StartAsync($"""
            [webhook.strict]
            url = "{receiver.Url}"
            events = "strict"
            retry.initial = "1ms"
            retry.max = "1ms"
            [webhook.lenient]
            url = "{receiver.Url}"
            events = "lenient"
            allow-invalid-certs = true
            """);

        host.Router.Tell(Some.Event("1", "strict"), ActorRefs.NoSender);
        host.Router.Tell(Some.Event("2", "lenient"), ActorRefs.NoSender);
        await Eventually.Equal(1, () => receiver.Requests.Count);

        Assert.Equal(["2"], receiver.EventIds);
    }

    [Fact]
    public async Task Standard_webhooks_signature_is_one_that_its_verifiers_take()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver, """
            signature-key = [ "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "an older key" ]
            signature-scheme = "both"
            """));

        host.Router.Tell(Some.Event("1"), ActorRefs.NoSender);
        await Eventually.Equal(1, () => receiver.Requests.Count);

        var request = receiver.Requests.Single();
        var (id, timestamp, signatures) =
            (request.Headers["webhook-id"], request.Headers["webhook-timestamp"], request.Headers["webhook-signature"]);
        Assert.DoesNotContain('.', id);
        Assert.True(WebhookSignature.VerifyStandard(request.Body, id, timestamp, signatures, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        Assert.True(WebhookSignature.VerifyStandard(request.Body, id, timestamp, signatures, "an older key"));
        Assert.False(WebhookSignature.VerifyStandard(request.Body, id, timestamp, signatures, "a key of somebody else"));
        Assert.True(WebhookSignature.Verify(request.Body, request.Headers["X-Signature"], "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    }

    [Fact]
    public async Task Event_for_a_hundred_webhooks_is_serialized_once()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await WebhookHost.StartAsync(string.Join('\n', Enumerable.Range(0, 100).Select(i => $"""
            [webhook."{i}"]
            url = "{receiver.Url}"
            events = "*"
            """)));
        var data = new CountedData();

        host.Router.Tell(WebhookEvent.Create("auth.success", data), ActorRefs.NoSender);
        await Eventually.Equal(100, () => receiver.Requests.Count);

        Assert.Equal(1, data.Reads);
    }

    [Fact]
    public async Task Header_may_change_the_content_type_and_the_user_agent_and_hold_any_letter()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver, """
            headers = [ "Content-Type: application/vnd.acme+json", "User-Agent: acme", "X-City: Zürich" ]
            """));

        host.Router.Tell(Some.Event("1"), ActorRefs.NoSender);
        await Eventually.Equal(1, () => receiver.Requests.Count);

        var headers = receiver.Requests.Single().Headers;
        Assert.Equal("application/vnd.acme+json", headers["Content-Type"]);
        Assert.Equal("acme", headers["User-Agent"]);
        Assert.Equal("Zürich", headers["X-City"]);
    }

    private sealed class CountedData
    {
        private int _reads;

        [JsonIgnore]
        public int Reads => _reads;

        public int Value => Interlocked.Increment(ref _reads);
    }
}
