using System.Globalization;

namespace ActorWebhooks.Server.Api;

/// <summary>Answers as RFC 9457 problem details.</summary>
internal static class Problems
{
    public static Task WriteAsync(
        HttpContext context, int status, string? detail = null, IDictionary<string, object?>? extensions = null) =>
        Results.Problem(detail, statusCode: status, extensions: extensions).ExecuteAsync(context);

    public static Task WriteAsync(HttpContext context, BodyFault fault)
    {
        var place = new Dictionary<string, object?>();
        if (fault.Index is { } index)
            place["index"] = index;
        if (fault.Line is { } line)
            place["line"] = line;
        var where = fault switch
        {
            { Index: { } i, Line: { } l } => $"Event {i} (line {l}): ",
            { Index: { } i } => $"Event {i}: ",
            _ => "",
        };
        return WriteAsync(context, fault.Status, $"{where}{fault.Detail} Nothing of the request was taken.", place);
    }

    /// <summary>503 with <c>Retry-After</c>.</summary>
    public static Task WriteTryAgainAsync(
        HttpContext context, string detail, IDictionary<string, object?>? extensions = null, int afterSeconds = 1)
    {
        context.Response.Headers.RetryAfter = afterSeconds.ToString(CultureInfo.InvariantCulture);
        return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, detail, extensions);
    }

    /// <summary>Every failure without an answer of its own gets one; what went wrong inside stays in the log.</summary>
    public static void Use(WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = e => (e as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status500InternalServerError,
            ExceptionHandler = context => WriteAsync(context, context.Response.StatusCode),
        });
        app.UseStatusCodePages(pages => WriteAsync(pages.HttpContext, pages.HttpContext.Response.StatusCode, Hint(pages.HttpContext)));
    }

    private static string? Hint(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => "There is nothing here. Events are posted to /api/events, and /api/webhooks shows the webhooks.",
        StatusCodes.Status405MethodNotAllowed => $"This address accepts {context.Response.Headers.Allow}.",
        _ => null,
    };
}
