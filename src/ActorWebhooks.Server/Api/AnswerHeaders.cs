using Microsoft.Net.Http.Headers;

namespace ActorWebhooks.Server.Api;

/// <summary>What every answer says to browsers and caches, whoever asked: nothing here is a page, and nothing is to be kept.</summary>
internal static class AnswerHeaders
{
    public static void Use(WebApplication app) => app.Use((context, next) =>
    {
        // As the headers go out, because an answer that failed begins anew without what was set before.
        context.Response.OnStarting(SetAsync, context.Response.Headers);
        return next(context);
    });

    private static Task SetAsync(object state)
    {
        var headers = (IHeaderDictionary)state;
        headers[HeaderNames.XContentTypeOptions] = "nosniff";
        headers[HeaderNames.CacheControl] = "no-store";
        headers[HeaderNames.ContentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        return Task.CompletedTask;
    }
}
