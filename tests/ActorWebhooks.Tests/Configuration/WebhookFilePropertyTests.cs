using System.Text;
using ActorWebhooks.Configuration;
using ActorWebhooks.Matching;
using CsCheck;

namespace ActorWebhooks.Tests.Configuration;

public sealed class WebhookFilePropertyTests
{
    private static readonly string[] Pieces =
    [
        "[", "]", "[[", "]]", "{", "}", "=", ".", ",", "\"", "'", "\"\"\"", "'''", "#", "\n", "\r\n", "\r", " ", "\\", "\\u", "\0", "\uD800",
        "\uFFFD", "é", "😀", "webhook", "webhook.a", "[webhook.a]\n", "[webhook.b.auth]\n", "[[webhook]]\n", "url", "url = \"http://h/\"\n",
        "events = [ \"*\" ]\n", "auth", "auth.token = \"t\"\n", "batch = { max-events = 5 }\n", "retry.max = 5\n", "1", "0x", "1979-05-27", "1e5",
        "-", "true", "inf", "%{env:KEY}%", "%{", "}%", "= 5\n", "= \"x\"\n", "signature-key = [ \"k\" ]\n", "headers = [ \"a: b\" ]\n",
    ];

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.String,
        OneOf(Pieces).Array[0, 40].Select(string.Concat));

    [Fact]
    public void Any_text_is_definitions_or_errors_within_the_file() => AnyText.Sample(
        toml =>
        {
            var result = Reading.Parse(toml);
            var lines = toml.Split('\n');
            Assert.True(result.IsValid || result.Webhooks.IsEmpty);
            foreach (var error in result.Errors)
            {
                Assert.InRange(error.Line, 1, lines.Length);
                Assert.InRange(error.Column, 1, lines[error.Line - 1].Length + 1);
            }

            Assert.Equal(result.Errors.OrderBy(error => (error.Line, error.Column)), result.Errors);
        },
        iter: 20_000);

    [Fact]
    public void Definition_written_as_toml_reads_back_the_same() => Definitions.Sample(
        expected => Assert.Equal(Describe(expected), Describe(Reading.One(Render(expected)))),
        iter: 2_000);

    private static Gen<WebhookDefinition> Definitions =>
        from id in Gen.String[Gen.Char.AlphaNumeric, 1, 20]
        from events in OneOf("*", "auth.*", "!auth.debug", "*dkim*").Array[0, 5]
        from timeout in Gen.Long[1, 600_000]
        from throttle in Gen.Long[0, 3_600_000]
        from flags in Gen.Bool.Array[3]
        from discard in Gen.Long[1000, 31_536_000_000]
        from maxEvents in Gen.Int[1, 100_000]
        from maxBytes in Gen.Int[1024, 64 << 20]
        from rate in Gen.Select(Gen.Int[1, 1_000_000_000], Gen.Char["smh"], (count, unit) => new RequestRate(count / 1000m, unit)).Nullable()
        from delays in Gen.Long[1, 3_600_000].Array[2]
        select new WebhookDefinition
        {
            Id = id,
            Url = new Uri($"https://example.com/{id}"),
            Events = [Pattern.Parse("store.*"), .. events.Select(Pattern.Parse)],
            Timeout = TimeSpan.FromMilliseconds(timeout),
            Throttle = TimeSpan.FromMilliseconds(throttle),
            Rate = rate,
            AllowInvalidCerts = flags[0],
            Lossy = flags[1],
            Enable = flags[2],
            DiscardAfter = discard % 5 == 0 ? null : TimeSpan.FromMilliseconds(discard),
            Batch = new BatchLimits(maxEvents, maxBytes),
            Retry = new RetryDelays(TimeSpan.FromMilliseconds(delays.Min()), TimeSpan.FromMilliseconds(delays.Max())),
        };

    private static string Render(WebhookDefinition webhook)
    {
        var discard = webhook.DiscardAfter is { } age ? $"{age.TotalMilliseconds}" : "\"never\"";
        return new StringBuilder()
            .Append($"[webhook.\"{webhook.Id}\"]\nurl = \"{webhook.Url}\"\n")
            .Append($"events = [ {string.Join(", ", webhook.Events.Select(pattern => $"'{pattern.Text}'"))} ]\n")
            .Append($"timeout = \"{webhook.Timeout.TotalMilliseconds} ms\"\nthrottle = {webhook.Throttle.TotalMilliseconds}\n")
            .Append($"allow-invalid-certs = {Toml(webhook.AllowInvalidCerts)}\nlossy = \"{Toml(webhook.Lossy)}\"\nenable = {Toml(webhook.Enable)}\n")
            .Append($"discard-after = {discard}\n")
            .Append(webhook.Rate is { } rate ? $"rate = \"{rate}\"\n" : "")
            .Append($"batch = {{ max-events = {webhook.Batch.MaxEvents}, max-bytes = \"{webhook.Batch.MaxBytes}B\" }}\n")
            .Append($"[webhook.\"{webhook.Id}\".retry]\n")
            .Append($"initial = {webhook.Retry.Initial.TotalMilliseconds}\nmax = {webhook.Retry.Max.TotalMilliseconds}\n")
            .ToString();
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static string Toml(bool value) => value ? "true" : "false";

    // Arrays of a record compare by reference.
    private static string Describe(WebhookDefinition webhook) =>
        string.Join(' ', webhook.Events) + (webhook with { Events = [], Headers = [], SignatureKeys = [] });
}
