namespace ActorWebhooks.Configuration.Values;

/// <summary>Versions of HTTP as a webhook file has them.</summary>
internal static class HttpVersionText
{
    public static bool TryParse(string text, out HttpVersionChoice version)
    {
        HttpVersionChoice? found = text switch
        {
            "auto" => HttpVersionChoice.Auto,
            "1.1" => HttpVersionChoice.Http11,
            "2" => HttpVersionChoice.Http2,
            _ => null,
        };
        version = found.GetValueOrDefault();
        return found is not null;
    }

    public static string Format(HttpVersionChoice version) => version switch
    {
        HttpVersionChoice.Http11 => "1.1",
        HttpVersionChoice.Http2 => "2",
        _ => "auto",
    };
}
