using System.Text;
using ActorWebhooks.Configuration;
using ActorWebhooks.Configuration.Macros;

namespace ActorWebhooks.Fuzz.Targets;

/// <summary>The webhook file: it is valid or says why not, in lines that a terminal can show, and quotes no secret.</summary>
internal static class TomlTarget
{
    private const string Secret = "zq-secret-zq";

    private static readonly MacroSource Macros = new(name => name == "KEY" ? Secret : null, _ => throw new FileNotFoundException());

    public static FuzzTarget Target { get; } = new(
        "toml",
        Bytes.Of(
            """
            [webhook."audit"]
            url = "https://example.com/hook?token=1"
            events = [ "auth.*", "!auth.debug" ]
            timeout = "30s"
            throttle = "1s"
            signature-key = "%{env:KEY}%"
            headers = [ "X-My-Header: value" ]
            allow-invalid-certs = false
            batch = { max-events = 10, max-bytes = "256KiB" }
            retry = { initial = "1s", max = "5m" }
            [webhook."audit".auth]
            username = "a"
            secret = "b"
            """,
            """
            webhook.a.url = 'http://127.0.0.1/'
            webhook.a.events = "*"
            webhook.a.discard-after = "never"
            # no webhooks
            """,
            "[webhook.x]\nurl = \"\"\"\nhttp://a\"\"\"\nevents = [\n\"a\", # c\n\"b\"]\nlossy = true\nauth.token = 'x'\n"),
        Bytes.Of(
            "[webhook.", "[[", "]]", "\"\"\"", "'''", "%{env:KEY}%", "%{file:x}%", "\\u0000", "\\U0010FFFF", "1e400", "0x", "2026-11-27T00:00:00Z", "url = ", "events = ", "auth.token = ",
            "signature-key = ", " = { ", "\r\n", "enable = false\n", "inf", "nan", "whsec_"),
        Run,
        BytesPerByte: 30_000);

    private static void Run(byte[] input)
    {
        var result = WebhookFile.Parse(Encoding.UTF8.GetString(input), "webhooks.toml", Macros);
        if (result.IsValid != result.Errors.IsEmpty)
            throw new InvalidOperationException("It is valid with errors, or not valid without one.");
        foreach (var error in result.Errors)
        {
            var text = error.ToString();
            if (text.Contains(Secret, StringComparison.Ordinal) || text.Length > 2_000 || text.Any(c => char.IsControl(c) && c != '\n'))
                throw new InvalidOperationException($"An error that must not be said so: {text}");
        }

        foreach (var webhook in result.Webhooks)
        {
            // The host of a URL is shown, wherever it comes from.
            var shown = $"{webhook}".Replace(webhook.Url.Host, "", StringComparison.Ordinal);
            if (webhook.Events.IsDefaultOrEmpty || !webhook.Url.IsAbsoluteUri || webhook.Timeout <= TimeSpan.Zero || shown.Contains(Secret, StringComparison.Ordinal))
                throw new InvalidOperationException($"A webhook that should have been refused: {webhook.Id}");
        }
    }
}
