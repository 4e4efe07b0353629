using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ActorWebhooks.Connections;
using ActorWebhooks.Delivery.Egress;
using ActorWebhooks.Delivery.NameResolution;
using ActorWebhooks.Text;

namespace ActorWebhooks.Delivery;

/// <summary>
/// The connections of all webhooks: one pool for those that check certificates, one for those that were told not to. Connections
/// are reused, and closed after their lifetime so that changes in DNS are seen.
/// </summary>
internal sealed class HttpTransport : IDisposable
{
    private const int ResponseHeadersKiB = 64;

    // What is left of a response is read, to keep the connection, as long as that is cheaper than another one.
    private const int ResponseDrainBytes = 64 * 1024;
    private static readonly TimeSpan ResponseDrainTimeout = TimeSpan.FromSeconds(1);

    // A connection in HTTP/2 outlives the attempts that had no answer over it: when the endpoint is silent for so long it is asked, and when it
    // does not reply it is closed, as later attempts would go the same way.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private readonly HttpMessageInvoker _checked;
    private readonly HttpMessageInvoker _unchecked;
    private readonly NameResolver? _names;

    /// <param name="maxConnections">How many may be open, idle ones included.</param>
    /// <param name="names">Disposed with this.</param>
    /// <param name="egress">Where connections may go to.</param>
    /// <param name="proxy">Through which they all go; null for none, whatever the environment says.</param>
    /// <param name="silence">After which a connection in HTTP/2 is doubted; null for what is usual.</param>
    public HttpTransport(
        int maxConnections,
        TimeSpan connectionLifetime,
        TimeSpan idleConnectionLifetime,
        NameResolver names,
        EgressRules egress,
        Uri? proxy,
        TimeSpan? silence = null)
        : this(new OpenConnections(maxConnections), (allowInvalidCerts, connections) =>
        {
            var connector = new HttpConnector(names.ResolveAsync, HttpConnector.DefaultSilence, egress);
            var handler = CreateHandler(allowInvalidCerts, connectionLifetime, idleConnectionLifetime, connector, connections, proxy, silence);
            return proxy is null ? handler : new ProxiedTargets(handler, egress);
        })
    {
        _names = names;
        if (proxy is not null && CredentialsOf(proxy) is { } credentials)
            ProxySecrets = new SecretRedactor([credentials.Password, $"{credentials.UserName}:{credentials.Password}"]);
    }

    public HttpTransport(Func<bool, HttpMessageHandler> handlerOf)
        : this(new OpenConnections(int.MaxValue), (allowInvalidCerts, _) => handlerOf(allowInvalidCerts))
    {
    }

    private HttpTransport(OpenConnections connections, Func<bool, OpenConnections, HttpMessageHandler> handlerOf)
    {
        Connections = connections;
        _checked = new HttpMessageInvoker(handlerOf(false, connections));
        _unchecked = new HttpMessageInvoker(handlerOf(true, connections));
    }

    public OpenConnections Connections { get; }

    /// <summary>Where HTTP/2 is not used for now.</summary>
    public StalledOrigins Stalled { get; } = new();

    /// <summary>Hides the password of the proxy in the proxy's answers.</summary>
    public SecretRedactor ProxySecrets { get; } = SecretRedactor.Nothing;

    public HttpMessageInvoker For(Endpoint endpoint) => endpoint.AllowInvalidCerts ? _unchecked : _checked;

    public static SocketsHttpHandler CreateHandler(
        bool allowInvalidCerts,
        TimeSpan connectionLifetime,
        TimeSpan idleConnectionLifetime,
        HttpConnector connector,
        OpenConnections? connections = null,
        Uri? proxy = null,
        TimeSpan? silence = null)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = proxy is not null,
            Proxy = proxy is null ? null : ProxyAt(proxy),
            ConnectCallback = (context, cancellationToken) => connections is null
                ? connector.ConnectAsync(context.DnsEndPoint, cancellationToken)
                : connections.ConnectAsync(ScopeOf(context), token => connector.ConnectAsync(context.DnsEndPoint, token), cancellationToken),
            PlaintextStreamFilter = (context, _) => ValueTask.FromResult(Watched(context, connections)),
            // One for all requests to an origin, unless it takes fewer at a time.
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = silence ?? Silence,
            KeepAlivePingTimeout = silence ?? Silence,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            MaxResponseHeadersLength = ResponseHeadersKiB,
            MaxResponseDrainSize = ResponseDrainBytes,
            ResponseDrainTimeout = ResponseDrainTimeout,
            PooledConnectionLifetime = connectionLifetime,
            PooledConnectionIdleTimeout = idleConnectionLifetime,
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
            // The trace context of a request is that of its events, not of the thread that happens to send it.
            ActivityHeadersPropagator = null,
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                // A receiver has to send its whole chain. What its certificate names elsewhere would be fetched on a blocked thread of the pool,
                // from wherever the certificate says.
                CertificateChainPolicy = new X509ChainPolicy
                {
                    DisableCertificateDownloads = true,
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        };
        if (allowInvalidCerts)
            handler.SslOptions.RemoteCertificateValidationCallback = AcceptAny;
        return handler;
    }

    public void Dispose()
    {
        _checked.Dispose();
        _unchecked.Dispose();
        _names?.Dispose();
    }

    // .NET quotes the proxy's URL when a tunnel fails, so the password must not be in it.
    private static WebProxy ProxyAt(Uri proxy) =>
        new(new UriBuilder(proxy) { UserName = "", Password = "" }.Uri) { Credentials = CredentialsOf(proxy) };

    private static NetworkCredential? CredentialsOf(Uri proxy)
    {
        if (proxy.UserInfo.Length == 0)
            return null;
        var parts = proxy.UserInfo.Split(':', 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    private static Stream Watched(SocketsHttpPlaintextStreamFilterContext context, OpenConnections? connections)
    {
        // What follows the answer to CONNECT is not HTTP.
        if (context.InitialRequestMessage.Method == HttpMethod.Connect)
            return context.PlaintextStream;
        return context.NegotiatedHttpVersion.Major >= 2
            ? new SharedStream(context.PlaintextStream, connections)
            : new AnswerStream(context.PlaintextStream);
    }

    private static AttemptScope? ScopeOf(SocketsHttpConnectionContext context) =>
        context.InitialRequestMessage.Options.TryGetValue(AttemptScope.Key, out var scope) ? scope : null;

#pragma warning disable CA5359 // The operator asked for it with allow-invalid-certs, for this webhook alone.
    private static bool AcceptAny(object sender, object? certificate, object? chain, SslPolicyErrors errors) => true;
#pragma warning restore CA5359
}
