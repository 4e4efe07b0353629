namespace ActorWebhooks.Configuration;

/// <summary>Which version of HTTP an endpoint is asked in (TOML <c>http-version</c>).</summary>
internal enum HttpVersionChoice
{
    /// <summary>Over TLS HTTP/2 if the endpoint offers it, else HTTP/1.1; without TLS HTTP/1.1.</summary>
    Auto = 0,

    Http11 = 1,

    /// <summary>Nothing else, and without TLS without asking.</summary>
    Http2 = 2,
}
