using ActorWebhooks.Configuration;

namespace ActorWebhooks.Tests.Configuration;

public sealed class StalwartExampleTests
{
    private const string Example = """
        [webhook."my-webhook"]
        url = "https://example.com/webhook"
        events = [ "auth.success", "store.ingest" ]
        timeout = "30s"
        throttle = "1s"
        signature-key = "my-secret-key"
        headers = [ "X-My-Header: my-value" ]
        allow-invalid-certs = false

        [webhook."my-webhook".auth]
        username = "account"
        secret = "password"
        """;

    [Fact]
    public void Stalwarts_own_example_loads_as_it_is()
    {
        var result = WebhookFile.Parse(Example, "webhooks.toml");

        Assert.Empty(result.Errors);
        var webhook = Assert.Single(result.Webhooks);
        Assert.Equal("my-webhook", webhook.Id);
        Assert.Equal(new Uri("https://example.com/webhook"), webhook.Url);
        Assert.Equal(["auth.success", "store.ingest"], webhook.Events.Select(pattern => pattern.Text));
        Assert.Equal(TimeSpan.FromSeconds(30), webhook.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(1), webhook.Throttle);
        Assert.Equal("my-secret-key"u8, Assert.Single(webhook.SignatureKeys).Text);
        Assert.Equal(("X-My-Header", "my-value"), webhook.Headers.Select(header => (header.Name, header.Value)).Single());
        Assert.Equal("Basic YWNjb3VudDpwYXNzd29yZA==", webhook.Authorization?.HeaderValue);
        Assert.False(webhook.AllowInvalidCerts);
    }

    [Fact]
    public void Keys_that_are_not_there_have_the_documented_defaults()
    {
        var webhook = Assert.Single(WebhookFile.Parse("""
            [webhook.a]
            url = "http://example.com"
            events = "*"
            """, "webhooks.toml").Webhooks);

        Assert.Equal(TimeSpan.FromSeconds(30), webhook.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(1), webhook.Throttle);
        Assert.Empty(webhook.SignatureKeys);
        Assert.Equal(SignatureScheme.XSignature, webhook.SignatureScheme);
        Assert.Empty(webhook.Headers);
        Assert.Null(webhook.Authorization);
        Assert.False(webhook.AllowInvalidCerts);
        Assert.False(webhook.Lossy);
        Assert.True(webhook.Enable);
        Assert.Equal(TimeSpan.FromDays(3), webhook.DiscardAfter);
        Assert.Equal(new BatchLimits(1000, 256 * 1024), webhook.Batch);
        Assert.Equal(new RetryDelays(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)), webhook.Retry);
    }
}
