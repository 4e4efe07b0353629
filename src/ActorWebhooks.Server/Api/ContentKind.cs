using Microsoft.Net.Http.Headers;

namespace ActorWebhooks.Server.Api;

/// <summary>What the headers of a request say about its body.</summary>
internal static class ContentKind
{
    public const string Rule =
        "Send JSON with 'Content-Type: application/json', or one event a line with 'Content-Type: application/x-ndjson', "
        + "in UTF-8 and not compressed.";

    /// <returns>Null when it cannot be events.</returns>
    public static BodyForm? FormOf(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0 && request.Headers.ContentEncoding != "identity")
            return null;
        if (string.IsNullOrEmpty(request.ContentType))
            return BodyForm.Any;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !IsUtf8(type))
            return null;

        return type.MediaType.Value?.ToLowerInvariant() switch
        {
            "application/x-ndjson" or "application/ndjson" or "application/jsonl" => BodyForm.Lines,
            "application/json" => BodyForm.Any,
            { } other when other.StartsWith("application/", StringComparison.Ordinal)
                && other.EndsWith("+json", StringComparison.Ordinal) => BodyForm.Any,
            _ => null,
        };
    }

    // ASCII is a part of UTF-8.
    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue
        || HeaderUtilities.RemoveQuotes(type.Charset).Value?.ToLowerInvariant() is "utf-8" or "utf8" or "utf_8" or "us-ascii" or "ascii";
}
