using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace ActorWebhooks.Server.Api;

/// <summary>The secret that callers of the API send as <c>Authorization: Bearer KEY</c>.</summary>
internal sealed class ApiKey
{
    public const string Rule = "an API key is 16 to 256 visible ASCII characters without spaces";

    private const string Scheme = "Bearer ";

    private readonly byte[] _hash;

    private ApiKey(string key) => (Text, _hash) = (key, Hash(key));

    /// <summary>For whoever takes it out of the log.</summary>
    public string Text { get; }

    public static ApiKey? TryParse(string key) =>
        key.Length is >= 16 and <= 256 && !key.AsSpan().ContainsAnyExceptInRange('!', '~') ? new ApiKey(key) : null;

    /// <summary>In a time that tells nothing about the key, not even its length.</summary>
    public bool IsSentBy(HttpRequest request)
    {
        var values = request.Headers.Authorization;
        return values.Count == 1
            && values[0] is { } value
            && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(_hash, Hash(value[Scheme.Length..].Trim()));
    }

    /// <summary>Guards everything under <c>/api</c>.</summary>
    public void Use(WebApplication app) => app.Use((context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || IsSentBy(context.Request))
            return next(context);

        context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        return Problems.WriteAsync(
            context, StatusCodes.Status401Unauthorized, "Send the API key of this server as 'Authorization: Bearer KEY'.");
    });

    public override string ToString() => "***";

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
