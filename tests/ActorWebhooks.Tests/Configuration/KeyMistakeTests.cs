namespace ActorWebhooks.Tests.Configuration;

public sealed class KeyMistakeTests
{
    [Theory]
    [InlineData("timeout = \"0\"", "4:11: timeout = \"0\": out of range; accepted: an integer with ms, s, m, h or d, such as \"1s\" (1ms to 10m)")]
    [InlineData("timeout = 1.5", "4:11: timeout = 1.5: found a float; accepted:")]
    [InlineData("throttle = \"1 fortnight\"", "4:12: throttle = \"1 fortnight\": not a duration; accepted: an integer with ms, s, m, h or d, such as \"1s\" (0 to 1h)")]
    [InlineData("throttle = \"-1s\"", "4:12: throttle = \"-1s\": not a duration")]
    [InlineData("throttle = -1", "4:12: throttle = -1: out of range")]
    [InlineData("throttle = \"99999999999999999999d\"", "4:12: throttle = \"99999999999999999999d\": out of range")]
    [InlineData("throttle = [ \"1s\" ]", "4:12: throttle: found an array; accepted:")]
    [InlineData("throttle = { a = 1 }", "4:12: throttle: found a table; accepted:")]
    [InlineData("throttle.a = 1", "4:1: throttle: found a table; accepted:")]
    [InlineData("rate = \"2\"", "4:8: rate = \"2\": not a rate; accepted: a number of requests with /s, /m or /h, such as \"2/s\" (0.001 to 1,000,000)")]
    [InlineData("rate = \"0/s\"", "4:8: rate = \"0/s\": out of range; accepted:")]
    [InlineData("rate = \"1000001/h\"", "4:8: rate = \"1000001/h\": out of range")]
    [InlineData("rate = 2", "4:8: rate = 2: found an integer; accepted:")]
    [InlineData("rate = \"2/d\"\n", "4:8: rate = \"2/d\": not a rate")]
    [InlineData("poison.attempts = -1", "4:19: poison.attempts = -1: out of range; accepted: an integer from 0 to 1,000")]
    [InlineData("poison = 8", "4:1: poison is not a table; accepted: poison.attempts")]
    [InlineData("conflict-is-delivered = 1", "4:25: conflict-is-delivered = 1: found an integer; accepted: true or false")]
    [InlineData("http-version = \"3\"", "4:16: http-version = \"3\": not a version of HTTP that webhooks are sent in; accepted: \"1.1\", \"2\" or \"auto\"")]
    [InlineData("http-version = true", "4:16: http-version = \"true\": not a version")]
    [InlineData("http-version = [ \"2\" ]", "4:16: http-version: found an array; accepted:")]
    [InlineData("discard-after = \"0s\"", "4:17: discard-after = \"0s\": out of range; accepted: \"never\" or")]
    [InlineData("discard-after = \"Never\"", "4:17: discard-after = \"Never\": not a duration")]
    [InlineData("batch.max-events = 0", "4:20: batch.max-events = 0: out of range; accepted: an integer from 1 to 100,000")]
    [InlineData("batch.max-events = \"5\"", "4:20: batch.max-events: found a string")]
    [InlineData("batch.max-bytes = \"1 GB\"", "4:19: batch.max-bytes = \"1 GB\": not a size; accepted: an integer with B, KiB or MiB, such as \"256KiB\" (1KiB to 64MiB)")]
    [InlineData("batch.max-bytes = 1023", "4:19: batch.max-bytes = 1023: out of range")]
    [InlineData("batch = 5", "4:1: batch is not a table; accepted: batch.max-events, batch.max-bytes")]
    [InlineData("retry.initial = \"2h\"", "4:17: retry.initial = \"2h\": out of range")]
    [InlineData("retry.max = \"2d\"", "4:13: retry.max = \"2d\": out of range")]
    [InlineData("retry.initial = \"10m\"", "4:17: retry.initial (10m) is longer than retry.max (5m)")]
    [InlineData("lossy = \"yes\"", "4:9: lossy = \"yes\": not a boolean; accepted: true or false")]
    [InlineData("enable = 1", "4:10: enable = 1: found an integer; accepted: true or false")]
    [InlineData("allow-invalid-certs = 1979-05-27", "4:23: allow-invalid-certs: found a date or time")]
    [InlineData("signature-scheme = \"hmac\"\nsignature-key = \"k\"", "4:20: signature-scheme = \"hmac\": unknown scheme; accepted: \"x-signature\", \"standard\" or \"both\"")]
    [InlineData("signature-scheme = \"standard\"", "4:20: signature-scheme: there is no key to sign with")]
    [InlineData("signature-scheme = \"both\"\nsignature-key = \"\"", "4:20: signature-scheme: there is no key to sign with")]
    [InlineData("signature-scheme = \"both\"\nsignature-key = \"whsec_hidden!\"", "5:17: signature-key = ***: what follows whsec_ is not base64")]
    [InlineData("signature-key = []", "4:17: signature-key: an array of 0; accepted: a string, or an array of 1 to 10 strings")]
    [InlineData("signature-key = [ \"hidden\", \"\" ]", "4:29: signature-key = ***: an empty key")]
    [InlineData("signature-key = \"%{env:EMPTY}%\"", "4:17: signature-key = ***: an empty key")]
    [InlineData("signature-key = [ [ 1 ] ]", "4:19: signature-key: found an array")]
    [InlineData("headers = 5", "4:11: headers: found an integer; accepted: a \"Name: value\" string or an array of them")]
    [InlineData("headers.x = \"X-A: hidden\"", "4:1: headers: found a table")]
    [InlineData("headers.0000 = \"hidden\"", "4:16: headers = ***: no colon between name and value")]
    [InlineData("headers.0 = \"X-A: hidden\"\nheaders = []", "5:1: headers is given twice, first on line 4")]
    [InlineData("headers = []\nheaders.0 = \"X-A: hidden\"", "5:1: headers is given twice, first on line 4")]
    [InlineData("headers.0 = \"X-A: hidden\"\nheaders.0 = \"X-A: hidden\"", "5:9: headers.0 is given twice")]
    [InlineData("events.0 = \"a\"", "4:1: events is given twice, first on line 3")]
    [InlineData("headers = [ \"hidden\" ]", "4:13: headers = ***: no colon between name and value")]
    [InlineData("headers = [ \"X A: hidden\" ]", "4:13: headers = ***: the name before the colon is not an HTTP header name")]
    [InlineData("headers = [ \"X-A: hidden\\u0001\" ]", "4:13: headers = ***: a control character in the value of X-A")]
    [InlineData("auth.username = \"u:v\"\nauth.secret = \"hidden\"", "4:17: auth.username = ***: text that cannot be sent; accepted: text without control characters and colons")]
    [InlineData("auth.username = \"u\"\nauth.secret = \"hidden\\u0007\"", "5:15: auth.secret = ***: text that cannot be sent")]
    [InlineData("auth.token = \"hidden token\"", "4:14: auth.token = ***: text that cannot be sent")]
    [InlineData("auth = \"hidden\"", "4:1: auth is not a table; accepted: auth.username, auth.secret, auth.token")]
    [InlineData("throtle = \"1s\"", "4:1: unknown key \"throtle\"; did you mean 'throttle'?")]
    [InlineData("username = \"u\"", "4:1: unknown key \"username\"; did you mean 'auth.username'?")]
    [InlineData("auth.sekret = \"hidden\"\nauth.username = \"u\"", "4:6: unknown key \"auth.sekret\"; did you mean 'auth.secret'?")]
    [InlineData("zzzzzzzz.a = 1\nzzzzzzzz.b = 2", "4:1: unknown key \"zzzzzzzz\"; known keys: url, events, timeout,")]
    [InlineData("lossy = true\nlossy = false", "5:1: lossy is given twice, first on line 4; remove one of them")]
    [InlineData("auth = { token = \"hidden\" }\n[webhook.a.auth]\nusername = \"u\"", "5:12: auth is defined twice, first on line 4")]
    public void Mistake_gives_one_error_at_its_place(string lines, string expected)
    {
        var error = Assert.Single(Reading.Errors(Reading.Section + lines));

        Assert.StartsWith($"{Reading.File}:{expected}", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[webhook.a]\nevents = \"*\"", "1:10: webhook \"a\": url is missing; accepted: an absolute http or https URL")]
    [InlineData("[webhook.a]\nurl = \"http://h/\"", "1:10: webhook \"a\": events is missing; accepted: a string or an array")]
    [InlineData("[webhook.a]\nurl = \"/hook\"\nevents = \"*\"", "2:7: url = \"/hook\": not an absolute URL")]
    [InlineData("[webhook.a]\nurl = \"ftp://h/\"\nevents = \"*\"", "2:7: url = \"ftp://h/\": neither http nor https")]
    [InlineData("[webhook.a]\nurl = \"https://u:hidden@h/\"\nevents = \"*\"", "2:7: url = ***: user info in the URL; give it as auth.username")]
    [InlineData("[webhook.a]\nurl = \"http://@h/\"\nevents = \"*\"", "2:7: url = ***: user info in the URL; give it as auth.username")]
    [InlineData("[webhook.a]\nurl = \"http://h:0/\"\nevents = \"*\"", "2:7: url = \"http://h:0/\": port 0; name the port of the endpoint")]
    [InlineData("[webhook.a]\nurl = \"htp://h/services/T0/hidden?token=hidden\"\nevents = \"*\"", "2:7: url = \"htp://h/***\": neither http nor https")]
    [InlineData("[webhook.a]\nurl = \"h/services/hidden\"\nevents = \"*\"", "2:7: url = \"h/***\": not an absolute URL")]
    [InlineData("[webhook.a]\nurl = \"\"\nevents = \"*\"", "2:7: url = \"\": not an absolute URL")]
    [InlineData("[webhook.a]\nurl = 5\nevents = \"*\"", "2:7: url = 5: found an integer")]
    [InlineData("[webhook.a]\nurl.x = 5\nevents = \"*\"", "2:1: url: found a table")]
    [InlineData("[webhook.a]\nurll = \"http://h/\"\nevents = \"*\"", "2:1: unknown key \"urll\"; did you mean 'url'?")]
    [InlineData("[webhook.a]\nurl = \"http://h/\"\nevents = [ \"a\", \"a b\" ]", "3:17: events = \"a b\": not a pattern; accepted:")]
    [InlineData("[webhook.a]\nurl = \"http://h/\"\nevents = []", "3:10: events: no pattern, so no event would match")]
    [InlineData("[webhook.a]\nurl = \"http://h/\"\nevents = \"!a\"", "3:10: events: only excludes, so no event would match")]
    [InlineData("[webhook.a]\nurl = \"http://h/\"\nevents = [ \"a\", 5 ]", "3:17: events = 5: found an integer")]
    [InlineData("[webhook.\"\"]\nurl = \"http://h/\"\nevents = \"*\"", "1:10: webhook \"\": not an id; accepted: 1 to 128 characters")]
    [InlineData("[webhook.\".\"]\nurl = \"http://h/\"\nevents = \"*\"", "1:10: webhook \".\": not an id; accepted: 1 to 128 characters, none of them a control character, and neither . nor ..")]
    [InlineData("[webhook.\"..\"]\nurl = \"http://h/\"\nevents = \"*\"", "1:10: webhook \"..\": not an id")]
    [InlineData("[webhook.a]\nurl = \"http://h/\"\nevents.0 = \"!a\"", "3:12: events: only excludes, so no event would match")]
    [InlineData("\"webhook.a.urll\" = \"http://h/\"", "1:1: webhook \"a.urll\" is not a table; accepted: one section a webhook")]
    [InlineData("[webhook.a.auht]\ntoken = \"hidden\"\n[webhook.a]\nurl = \"http://h/\"\nevents = \"*\"", "1:12: unknown key \"auht\"; known keys: url,")]
    [InlineData("[webhook.\"a\\u0001\"]\nurl = \"http://h/\"\nevents = \"*\"", "1:10: webhook \"a\\u0001\": not an id")]
    [InlineData(Reading.Section + "[webhook.\"a\"]\nurl = \"http://h/\"\nevents = \"*\"", "4:10: webhook \"a\" is defined twice, first on line 1; give each webhook its own id")]
    [InlineData("[[webhook]]\nurl = \"http://h/\"", "1:3: [[webhook]] is an array of tables; accepted: one section a webhook, [webhook.\"id\"]")]
    [InlineData("[webhook]\nurl = \"http://h/\"\nevents = \"*\"", "2:1: url belongs to no webhook, an id is missing; accepted: one section a webhook")]
    [InlineData("webhook = 5", "1:1: webhook is not a table; accepted: one section a webhook")]
    [InlineData("[webhok.a]\nurl = \"http://h/\"", "1:2: unknown key \"webhok\"; did you mean 'webhook'?")]
    public void Mistake_of_the_file_gives_one_error_at_its_place(string toml, string expected)
    {
        var error = Assert.Single(Reading.Errors(toml));

        Assert.StartsWith($"{Reading.File}:{expected}", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_reported_in_the_order_of_the_file()
    {
        var errors = Reading.Errors("[webhook.b]\nevents = 5\ntimeout = \"x\"\n[webhook.a]\nurl = \"x\"\nevents = \"*\"\n");

        Assert.Equal(["1:10", "2:10", "3:11", "5:7"], errors.Select(error => string.Join(':', error.Split(':')[1..3])));
    }

    [Fact]
    public void Long_values_are_shortened()
    {
        var error = Assert.Single(Reading.Errors($"{Reading.Section}throttle = \"{new string('x', 5000)}\""));

        Assert.InRange(error.Length, 60, 250);
    }
}
