using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace ActorWebhooks.Server.Api;

/// <summary>Lets only those pass who send <c>Authorization: Bearer KEY</c>.</summary>
internal sealed class ApiKey(string key) : IEndpointFilter
{
    public const int MinLength = 16;

    private const string Scheme = "Bearer ";

    // Hashes are of one length, so the comparison tells nothing about the key, not even how long it is.
    private readonly byte[] _hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (IsRight(http.Request.Headers.Authorization))
            return next(context);
        http.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        return ValueTask.FromResult<object?>(TypedResults.Problem(
            "This server wants its API key: Authorization: Bearer KEY.", statusCode: StatusCodes.Status401Unauthorized));
    }

    private bool IsRight(string? authorization) =>
        authorization is not null
        && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(authorization[Scheme.Length..])), _hash);
}
