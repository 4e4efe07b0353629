using System.Text;
using ActorWebhooks.Configuration;
using ActorWebhooks.Configuration.Values;

namespace ActorWebhooks.Tests.Configuration;

public sealed class WebhookFileTests
{
    private const string Example =
        """
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
    public void Example_of_the_documentation_loads_as_it_is()
    {
        var webhook = Reading.One(Example);

        Assert.Equal("my-webhook", webhook.Id);
        Assert.Equal("https://example.com/webhook", webhook.Url.AbsoluteUri);
        Assert.Equal(["auth.success", "store.ingest"], webhook.Events.Select(pattern => pattern.Text));
        Assert.Equal(TimeSpan.FromSeconds(30), webhook.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(1), webhook.Throttle);
        Assert.Equal("my-secret-key", Encoding.UTF8.GetString(Assert.Single(webhook.SignatureKeys).Text));
        Assert.Equal(new CustomHeader("X-My-Header", "my-value"), Assert.Single(webhook.Headers));
        Assert.Equal("Basic YWNjb3VudDpwYXNzd29yZA==", webhook.Authorization?.HeaderValue);
        Assert.False(webhook.AllowInvalidCerts);
        Assert.False(webhook.Lossy);
        Assert.True(webhook.Enable);
        Assert.Equal(TimeSpan.FromDays(3), webhook.DiscardAfter);
        Assert.Equal(new BatchLimits(1000, 256 * 1024), webhook.Batch);
        Assert.Equal(new RetryDelays(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)), webhook.Retry);
        Assert.Equal(SignatureScheme.XSignature, webhook.SignatureScheme);
    }

    [Theory]
    [InlineData("", "auto")]
    [InlineData("http-version = \"auto\"", "auto")]
    [InlineData("http-version = \"1.1\"", "1.1")]
    [InlineData("http-version = 1.1", "1.1")]
    [InlineData("http-version = \"2\"", "2")]
    [InlineData("http-version = 2", "2")]
    public void Version_of_http_is_a_text_or_a_number(string line, string expected) =>
        Assert.Equal(expected, HttpVersionText.Format(Reading.One(Reading.Section + line).HttpVersion));

    [Fact]
    public void Sample_file_loads_as_it_is()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "hocon", "webhooks.toml")))
            folder = folder.Parent;

        var result = WebhookFile.Load(Path.Combine(folder!.FullName, "hocon", "webhooks.toml"), allowEmpty: false);

        Assert.Equal("", string.Join('\n', result.Errors));
        Assert.Equal("my-webhook", Assert.Single(result.Webhooks).Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    [InlineData("[webhook]\n")]
    public void File_without_a_webhook_is_valid(string toml) => Assert.Equal((true, 0), (Reading.Parse(toml).IsValid, Reading.Parse(toml).Webhooks.Length));

    [Fact]
    public void Text_that_makes_the_parser_work_and_work_is_refused()
    {
        var lines = string.Concat(Enumerable.Repeat("x = \"\n", 240_000));

        Assert.Contains("more than 512 KiB follow without a line", Assert.Single(WebhookFile.Parse(lines, "f").Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[webhook.a]\nurl = \"https://e.org/\"\nevents = \"*\"\n[webhook.a.auth]\nusername = \"u\"\nsecret = \"s\"\n[webhook.a.batch]\nmax-events = 5\n")]
    [InlineData("[webhook.a]\nurl = 'https://e.org/'\nevents = \"\"\"*\"\"\"\nauth.username = \"u\"\nauth.secret = \"s\"\nbatch.max-events = 5\n")]
    [InlineData("[webhook.\"a\"]\nurl = '''https://e.org/'''\nevents = [\n  '*', # all\n]\nauth = { username = \"u\", secret = \"s\" }\nbatch = { max-events = 5 }\n")]
    [InlineData("webhook.a.url = \"https://e.org/\"\nwebhook.a.events = \"*\"\nwebhook.a.auth.username = \"u\"\nwebhook.a.auth.secret = \"s\"\nwebhook.a.batch.max-events = 5\n")]
    [InlineData("webhook = { a = { url = \"https://e.org/\", events = \"*\", auth.username = \"u\", auth.secret = \"s\", batch = { max-events = 5 } } }\n")]
    [InlineData("[webhook.a.auth]\nusername = \"u\"\nsecret = \"s\"\n[webhook.a]\r\nurl = \"https://e.org/\"\nevents = \"*\"\nbatch.max-events = 5\n")]
    [InlineData("\uFEFF[webhook]\na.url = \"https://e.org/\"\na.events = \"*\"\na.auth = { username = \"u\", secret = \"s\" }\na.batch.max-events = 0x5\n")]
    public void Every_spelling_of_toml_means_the_same(string toml)
    {
        var webhook = Reading.One(toml);

        Assert.Equal("a", webhook.Id);
        Assert.Equal("https://e.org/", webhook.Url.AbsoluteUri);
        Assert.Equal("*", Assert.Single(webhook.Events).Text);
        Assert.Equal("Basic dTpz", webhook.Authorization?.HeaderValue);
        Assert.Equal(5, webhook.Batch.MaxEvents);
    }

    [Fact]
    public void Unmatched_webhooks_are_those_whose_patterns_cover_no_registered_type()
    {
        var webhooks = Reading.Parse(
            """
            [webhook.hit]
            url = "http://h/"
            events = [ "auth.*", "!auth.debug" ]
            [webhook.excluded]
            url = "http://h/"
            events = [ "auth.debug", "!*.debug" ]
            [webhook.miss]
            url = "http://h/"
            events = "store.*"
            """).Webhooks;

        Assert.Equal(["excluded", "miss"], UnmatchedWebhooks.Find(webhooks, ["auth.success", "auth.debug"]).AsEnumerable());
        Assert.Empty(UnmatchedWebhooks.Find(webhooks, []));
    }
}
