using System.Globalization;
using System.Text.Json;
using ActorWebhooks.Server.Api;
using ActorWebhooks.Server.Intake;
using ActorWebhooks.Server.Text;

namespace ActorWebhooks.Server.Receiving;

/// <summary>Receives what the demo webhook sends and shows it, an event a line.</summary>
internal static class DemoReceiver
{
    /// <summary>Of all bodies together that it takes in at once, so that it takes nothing from who posts events.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    // It comes from this process.
    private static readonly TimeSpan BodyTimeout = TimeSpan.FromSeconds(10);

    private const int MaxShownData = 2000;

    // The data of an event may be nested to its own bound, within the body.
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 2 * EventLimits.MaxDataDepth };

    public static void Map(WebApplication app, DemoWebhook demo, TextWriter output)
    {
        var budget = new BodyBudget(MaxBytes, TimeProvider.System);
        var token = ApiKey.TryParse(demo.Token)!;
        app.MapPost(DemoWebhook.Path, async context =>
        {
            if (WebPage.Sent(context.Request))
            {
                await WebPage.RefuseAsync(context);
                return;
            }

            if (!token.IsSentBy(context.Request))
            {
                await Problems.WriteAsync(context, StatusCodes.Status401Unauthorized, "Only the demo webhook of this server posts here.");
                return;
            }

            using var body = new RequestBody(budget, BodyTimeout);
            context.Response.StatusCode = await body.ReadAsync(context.Request);
            if (context.Response.StatusCode != StatusCodes.Status200OK)
                return;

            var verdict = SignatureVerdict.Of(body.Bytes, context.Request.Headers, demo.Key);
            if (verdict.IsRefused)
                await Problems.WriteAsync(context, StatusCodes.Status401Unauthorized, "This is not signed with the key of the demo webhook.");
            else
                await output.WriteAsync(Describe(body.Bytes, verdict.Sentence));
        });
    }

    private static string Describe(ReadOnlySpan<byte> body, string verdict)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        var reader = new Utf8JsonReader(body, Deep);
        using var document = JsonDocument.ParseValue(ref reader);
        foreach (var e in document.RootElement.GetProperty("events").EnumerateArray())
        {
            var data = e.GetProperty("data").GetRawText();
            var shown = Printable.Clean(data.Length <= MaxShownData ? data : $"{data.AsSpan(0, MaxShownData)}…");
            text.WriteLine($"demo received {e.GetProperty("type")}  {shown}  id {e.GetProperty("id")}  {verdict}");
        }

        return text.ToString();
    }
}
