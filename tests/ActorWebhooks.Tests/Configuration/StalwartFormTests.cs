using System.Text;

namespace ActorWebhooks.Tests.Configuration;

/// <summary>Files that Stalwart Mail Server takes, as they are.</summary>
public sealed class StalwartFormTests
{
    private const string Keys = """
        url = "https://e.org/"
        events = [ "auth.*", "store.ingest" ]
        headers = [ "X-A: b", "X-C: d" ]
        throttle = "2s"
        """;

    [Theory]
    [InlineData("[webhook.\"my.id\"]\n" + Keys + "\n[webhook.\"my.id\".auth]\ntoken = \"t\"")]
    [InlineData("[webhook.my.id]\n" + Keys + "\n[webhook.my.id.auth]\ntoken = \"t\"")]
    [InlineData("[\"webhook.my.id\"]\n" + Keys + "\n[\"webhook.my.id.auth\"]\ntoken = \"t\"")]
    [InlineData("[webhook.my.id]\n" + Keys + "\n\"auth.token\" = \"t\"")]
    [InlineData("""
        webhook.my.id.url = "https://e.org/"
        webhook.my.id.events = [ "auth.*", "store.ingest" ]
        webhook.my.id.headers = [ "X-A: b", "X-C: d" ]
        webhook.my.id.throttle = "2S"
        webhook.my.id.auth.token = "t"
        """)]
    [InlineData("""
        "webhook.my.id.url" = "https://e.org/"
        "webhook.my.id.events" = [ "auth.*", "store.ingest" ]
        "webhook.my.id.headers" = [ "X-A: b", "X-C: d" ]
        "webhook.my.id.throttle" = 2000
        "webhook.my.id.auth.token" = "t"
        """)]
    [InlineData("""
        "webhook.my.id.url" = "https://e.org/"
        "webhook.my.id.events.0000" = "auth.*"
        "webhook.my.id.events.0001" = " store.ingest "
        webhook.my.id.headers.0000 = "X-A: b"
        webhook.my.id.headers.0001 = "X-C: d"
        webhook."my.id".throttle = "2s"
        webhook."my.id.auth.token" = "t"
        """)]
    [InlineData("""
        [webhook]
        my.id.url = "https://e.org/"
        "my.id.events" = [ "auth.*", "store.ingest" ]
        "my.id".throttle = "2s"
        "my.id.auth.token" = "t"
        [webhook."my.id".headers]
        0000 = "X-A: b"
        0001 = "X-C: d"
        """)]
    public void Every_form_means_the_same(string toml)
    {
        var webhook = Reading.One(toml);

        Assert.Equal("my.id", webhook.Id);
        Assert.Equal("https://e.org/", webhook.Url.AbsoluteUri);
        Assert.Equal(["auth.*", "store.ingest"], webhook.Events.Select(pattern => pattern.Text));
        Assert.Equal(["X-A: b", "X-C: d"], webhook.Headers.Select(header => $"{header.Name}: {header.Value}"));
        Assert.Equal(TimeSpan.FromSeconds(2), webhook.Throttle);
        Assert.Equal("Bearer t", webhook.Authorization?.HeaderValue);
        Assert.Empty(Reading.Warnings(toml));
    }

    [Fact]
    public void Space_around_a_url_a_pattern_or_a_duration_is_no_part_of_it()
    {
        var webhook = Reading.One("[webhook.a]\nurl = \" https://e.org/ \"\nevents = [ \" a.b \" ]\ntimeout = \" 5 s\\n\"");

        Assert.Equal(("https://e.org/", "a.b", TimeSpan.FromSeconds(5)), (webhook.Url.AbsoluteUri, Assert.Single(webhook.Events).Text, webhook.Timeout));
    }

    [Fact]
    public void One_value_stands_for_a_list_of_one()
    {
        var webhook = Reading.One(Reading.Section + "headers = \"X-A: b\"");

        Assert.Equal(("X-A", "b"), (Assert.Single(webhook.Headers).Name, webhook.Headers[0].Value));
    }

    [Theory]
    [InlineData("12345", "12345")]
    [InlineData("0x1F", "0x1F")]
    [InlineData("-7", "-7")]
    [InlineData("1.50", "1.50")]
    [InlineData("true", "true")]
    [InlineData("1979-05-27", "1979-05-27")]
    public void Keys_and_secrets_that_are_no_strings_are_taken_as_the_text_that_they_are_written_as(string value, string text)
    {
        var webhook = Reading.One($"{Reading.Section}signature-key = {value}\nauth.username = {value}\nauth.secret = {value}");

        Assert.Equal(text, Encoding.UTF8.GetString(Assert.Single(webhook.SignatureKeys).Text));
        Assert.Equal($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{text}:{text}"))}", webhook.Authorization?.HeaderValue);
    }

    [Theory]
    [InlineData("auth = { token = \"t\", username = \"u\", secret = \"s\" }", "Basic dTpz")]
    [InlineData("auth = { token = \"t\", username = \"u\" }", "Bearer t")]
    [InlineData("auth = { token = \"t\", secret = \"s\" }", "Bearer t")]
    [InlineData("auth = { username = \"u\" }", null)]
    [InlineData("headers = \"Authorization: x\"\nauth.token = \"t\"", "Bearer t")]
    public void User_name_and_secret_win_over_a_token_and_both_over_a_header(string lines, string? authorization)
    {
        var webhook = Reading.One(Reading.Section + lines);

        Assert.Equal(authorization, webhook.Authorization?.HeaderValue);
        Assert.Empty(webhook.Headers);
    }

    [Fact]
    public void Headers_that_the_engine_sets_are_left_out_and_of_several_the_last_is_sent()
    {
        var webhook = Reading.One(Reading.Section + """
            headers = [ "Host: h", "User-Agent: a", "X-A: b", "TE: t", "user-agent: c", "X-Signature: s", "X-A: d" ]
            signature-key = "k"
            """);

        Assert.Equal(["X-A: b", "user-agent: c", "X-A: d"], webhook.Headers.Select(header => $"{header.Name}: {header.Value}"));
    }

    [Fact]
    public void Bounds_are_taken_for_what_is_beyond_them()
    {
        var webhook = Reading.One(Reading.Section + "timeout = \"1d\"\nthrottle = \"1D\"\ndiscard-after = 1");

        Assert.Equal(
            (TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromSeconds(1)), (webhook.Timeout, webhook.Throttle, webhook.DiscardAfter));
    }

    [Fact]
    public void Rest_of_a_file_of_Stalwart_is_told_in_a_warning_for_each_of_its_parts()
    {
        const string Toml = Reading.Section + """
            [server]
            hostname = "mail.example.org"
            [server.listener.smtp]
            bind = "[::]:25"
            [store."rocksdb"]
            type = "rocksdb"
            ["store.other"]
            [[server.listener.imap]]
            bind = "[::]:143"
            """;

        Assert.Equal("a", Reading.One(Toml).Id);
        Assert.Equal(
            [
                $"{Reading.File}:4:2: warning: \"server\" is a setting of Stalwart's that is not read here; this file needs its [webhook.\"id\"] sections only",
                $"{Reading.File}:8:2: warning: \"store\" is a setting of Stalwart's that is not read here; this file needs its [webhook.\"id\"] sections only",
            ],
            Reading.Warnings(Toml));
    }
}
