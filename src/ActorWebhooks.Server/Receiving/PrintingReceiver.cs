using System.Globalization;
using System.Text;
using ActorWebhooks.Server.Api;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Intake;
using ActorWebhooks.Server.Text;

namespace ActorWebhooks.Server.Receiving;

/// <summary>Takes any request, verifies its signature and prints it; answers 401 to a signature that is not valid.</summary>
internal static class PrintingReceiver
{
    // Of all bodies together; two of the largest.
    private const int MaxBytes = 64 * 1024 * 1024;

    private const int MaxShownBytes = 64 * 1024;

    /// <param name="key">Null verifies nothing.</param>
    /// <param name="output">Written to from many threads, once for each request.</param>
    public static void Map(WebApplication app, string? key, TextWriter output)
    {
        var budget = new BodyBudget(MaxBytes, TimeProvider.System);
        QuietHost.Use(app);
        app.Run(context => WebPage.Sent(context.Request) ? WebPage.RefuseAsync(context) : ReceiveAsync(context, key, budget, output));
    }

    private static async Task ReceiveAsync(HttpContext context, string? key, BodyBudget budget, TextWriter output)
    {
        using var body = new RequestBody(budget, IntakeLimits.Default.BodyTimeout);
        var status = await body.ReadAsync(context.Request);
        var verdict = SignatureVerdict.Of(body.Bytes, context.Request.Headers, key);
        context.Response.StatusCode = status == StatusCodes.Status200OK && verdict.IsRefused ? StatusCodes.Status401Unauthorized : status;
        await output.WriteAsync(Describe(context, body.Bytes, verdict.Sentence));
    }

    private static string Describe(HttpContext context, ReadOnlySpan<byte> body, string verdict)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        var request = context.Request;
        text.WriteLine();
        text.WriteLine(Printable.Clean($"{request.Method} {request.Path}{request.QueryString}"));
        foreach (var (name, values) in request.Headers)
        {
            foreach (var value in values)
                text.WriteLine(Printable.Clean($"{name}: {value}"));
        }

        text.WriteLine();
        text.WriteLine(Printable.Clean(Encoding.UTF8.GetString(body[..Math.Min(body.Length, MaxShownBytes)]), keepLines: true));
        if (body.Length > MaxShownBytes)
            text.WriteLine($"… {body.Length - MaxShownBytes} more bytes");
        if (context.Response.StatusCode == StatusCodes.Status413PayloadTooLarge)
            text.WriteLine($"The body is larger than {EventLimits.MaxBodyBytes} bytes; this is its beginning.");
        text.WriteLine($"-> {verdict}; answered {context.Response.StatusCode}");
        return text.ToString();
    }
}
