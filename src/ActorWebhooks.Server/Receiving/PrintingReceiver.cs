using System.Text;
using System.Text.Json;
using ActorWebhooks.Configuration;

namespace ActorWebhooks.Server.Receiving;

/// <summary>Takes a webhook request, verifies its signature and prints it; answers 200, or 401 to a signature that is not valid.</summary>
internal static class PrintingReceiver
{
    public const long MaxBodyBytes = 16 * 1024 * 1024;

    private const string XSignature = "X-Signature";

    public static async Task ReceiveAsync(HttpContext context, string? key, TextWriter output, bool isVerbose)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        var body = buffer.ToArray();
        var (isValid, verdict) = Verify(context.Request.Headers, body, key);

        // One write, so that requests do not mix on the screen.
        var text = new StringBuilder();
        if (isVerbose)
            WriteRequest(text, context.Request, body);
        else
            WriteEvents(text, body);
        text.Append(verdict).AppendLine();
        await output.WriteLineAsync(text.ToString());
        context.Response.StatusCode = isValid ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;
    }

    private static (bool IsValid, string Verdict) Verify(IHeaderDictionary headers, byte[] body, string? key)
    {
        if (key is null)
            return (true, "not verified: no --signature-key was given");
        if (headers.TryGetValue("webhook-signature", out var standard)
            && SignatureKey.TryParse(key) is not null
            && WebhookSignature.VerifyStandard(body, headers["webhook-id"], headers["webhook-timestamp"], standard, key))
            return (true, "signature valid (Standard Webhooks)");
        if (WebhookSignature.Verify(body, headers[XSignature], key))
            return (true, "signature valid (X-Signature)");
        return (false, headers.ContainsKey(XSignature) || standard.Count > 0 ? "SIGNATURE NOT VALID, answered 401" : "NOT SIGNED, answered 401");
    }

    private static void WriteRequest(StringBuilder text, HttpRequest request, byte[] body)
    {
        text.Append(request.Method).Append(' ').Append(request.Path).Append(request.QueryString).AppendLine();
        foreach (var (name, value) in request.Headers)
            text.Append(name).Append(": ").Append(Printable(value.ToString())).AppendLine();
        text.AppendLine().AppendLine(Printable(Encoding.UTF8.GetString(body)));
    }

    private static void WriteEvents(StringBuilder text, byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var events = document.RootElement.GetProperty("events");
            var count = events.GetArrayLength();
            text.Append("received ").Append(count).AppendLine(count == 1 ? " event:" : " events in one request:");
            foreach (var e in events.EnumerateArray())
            {
                text.Append("  ").Append(Printable(e.GetProperty("type").GetString())).Append("  ")
                    .Append(Printable(e.GetProperty("data").GetRawText())).Append("  ")
                    .Append(Printable(e.GetProperty("id").GetString())).AppendLine();
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            text.AppendLine("received something else than events");
        }
    }

    // What somebody sends is not to steer the terminal.
    private static string Printable(string? text) =>
        string.Create((text ?? "").Length, text ?? "", static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(source[i]) && source[i] is not ('\n' or '\t') ? '�' : source[i];
        });
}
