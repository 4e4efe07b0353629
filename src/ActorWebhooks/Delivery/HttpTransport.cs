using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ActorWebhooks.Delivery.NameResolution;

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

    private readonly HttpMessageInvoker _checked;
    private readonly HttpMessageInvoker _unchecked;
    private readonly NameResolver? _names;

    /// <param name="names">Disposed with this.</param>
    public HttpTransport(TimeSpan connectionLifetime, TimeSpan idleConnectionLifetime, NameResolver names)
        : this(allowInvalidCerts => CreateHandler(
            allowInvalidCerts, connectionLifetime, idleConnectionLifetime, new HttpConnector(names.ResolveAsync, HttpConnector.DefaultSilence)))
    {
        _names = names;
    }

    public HttpTransport(Func<bool, HttpMessageHandler> handlerOf)
    {
        _checked = new HttpMessageInvoker(handlerOf(false));
        _unchecked = new HttpMessageInvoker(handlerOf(true));
    }

    public HttpMessageInvoker For(Endpoint endpoint) => endpoint.AllowInvalidCerts ? _unchecked : _checked;

    public static SocketsHttpHandler CreateHandler(
        bool allowInvalidCerts, TimeSpan connectionLifetime, TimeSpan idleConnectionLifetime, HttpConnector connector)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectCallback = (context, cancellationToken) => connector.ConnectAsync(context.DnsEndPoint, cancellationToken),
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

#pragma warning disable CA5359 // The operator asked for it with allow-invalid-certs, for this webhook alone.
    private static bool AcceptAny(object sender, object? certificate, object? chain, SslPolicyErrors errors) => true;
#pragma warning restore CA5359
}
