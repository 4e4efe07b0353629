namespace ActorWebhooks.Server.Api;

/// <summary>Requests that the browser of a user sent for a page of somebody else: they name it in <c>Origin</c>, or are marked in <c>Sec-Fetch-Site</c>.</summary>
internal static class WebPage
{
    /// <summary>Whether any page sent it, as nothing here is one.</summary>
    public static bool Sent(HttpRequest request) => request.Headers.Origin.Count > 0 || SentFromAnotherSite(request);

    /// <summary>Whether a page of another site sent it; browsers leave <c>Origin</c> out when a page only reads.</summary>
    public static bool SentFromAnotherSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site != "none" && site != "same-origin";

    public static Task RefuseAsync(HttpContext context) =>
        Problems.WriteAsync(context, StatusCodes.Status403Forbidden, "Web pages are not answered here. Send the request from a program.");
}
