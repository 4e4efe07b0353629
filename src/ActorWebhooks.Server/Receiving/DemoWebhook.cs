using System.Security.Cryptography;

namespace ActorWebhooks.Server.Receiving;

/// <summary>The webhook of a server without configuration: it takes every event and posts to the server itself.</summary>
internal sealed class DemoWebhook(Uri server)
{
    public const string Path = "/demo/receiver";

    public Uri Url { get; } = new(server, Path);

    public string Key { get; } = Secret();

    /// <summary>Sent with each request, so that the receiver reads nothing from anybody else.</summary>
    public string Token { get; } = Secret();

    public string ToToml() => $"""
        [webhook."demo"]
        url = "{Url}"
        events = "*"
        throttle = "100ms"
        signature-key = "{Key}"
        auth.token = "{Token}"
        """;

    private static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
}
