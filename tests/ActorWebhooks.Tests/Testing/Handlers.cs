using System.Net;
using ActorWebhooks.Delivery;

namespace ActorWebhooks.Tests.Testing;

/// <summary>The real network, with names of the test.</summary>
internal static class Handlers
{
    /// <summary>How long an address may be silent.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    public static Task<IPAddress[]> Loopback(string name, CancellationToken cancellationToken) =>
        Task.FromResult<IPAddress[]>([IPAddress.Loopback]);

    public static SocketsHttpHandler Resolving(bool allowInvalidCerts, Func<string, CancellationToken, Task<IPAddress[]>> resolve) =>
        HttpTransport.CreateHandler(allowInvalidCerts, Lifetime, Lifetime, new HttpConnector(resolve, Silence));
}
