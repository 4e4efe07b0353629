using System.Text.Encodings.Web;
using System.Text.Json;

namespace ActorWebhooks.Server.Api;

/// <summary>How answers are written as JSON.</summary>
internal static class JsonAnswers
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        // No answer is a part of an HTML page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
