using System.Text;

namespace ActorWebhooks.Configuration;

/// <summary>The value of the Authorization header.</summary>
internal sealed record Authorization
{
    private Authorization(string headerValue) => HeaderValue = headerValue;

    public string HeaderValue { get; }

    /// <summary>HTTP Basic with UTF-8, RFC 7617.</summary>
    public static Authorization Basic(string username, string secret) =>
        new($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{secret}"))}");

    /// <summary>Bearer token, RFC 6750.</summary>
    public static Authorization Bearer(string token) => new($"Bearer {token}");

    public override string ToString() => "***";
}
