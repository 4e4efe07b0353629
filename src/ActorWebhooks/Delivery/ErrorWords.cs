using System.Net.Sockets;
using System.Security.Authentication;
using ActorWebhooks.Configuration;
using ActorWebhooks.Connections;

namespace ActorWebhooks.Delivery;

/// <summary>Says in a sentence why no answer came, from the innermost cause of an exception, and adds what the system said.</summary>
internal static class ErrorWords
{
    public const string Http2Only = "the endpoint speaks HTTP/2 only, and was asked in HTTP/1.1 (http-version = \"2\" asks in HTTP/2)";

    public const string NoHttp2 = "the endpoint does not speak HTTP/2, and http-version = \"2\" wants nothing else";

    // HTTP_1_1_REQUIRED.
    private const long Http11Required = 13;

    private const string NoProtocol = "no application protocol";

    // What OpenSSL says, as no code comes with it. The first that is found counts.
    private static readonly (string Said, string Words)[] TlsCauses =
    [
        ("certificate required", "the endpoint wants a client certificate"),
        (NoProtocol, "the endpoint speaks none of the protocols that it was offered (it may speak HTTP/2 only)"),
        ("protocol version", "the endpoint and this node have no TLS version in common (this node speaks TLS 1.2 and 1.3)"),
        ("unsupported protocol", "the endpoint and this node have no TLS version in common (this node speaks TLS 1.2 and 1.3)"),
        ("wrong version number", "the endpoint does not speak TLS on this port (it may be http, not https)"),
        ("packet length too long", "the endpoint does not speak TLS on this port (it may be http, not https)"),
        ("Cannot determine the frame size", "the endpoint does not speak TLS on this port (it may be http, not https)"),
        ("corrupted frame", "the endpoint does not speak TLS on this port (it may be http, not https)"),
        ("no shared cipher", "the endpoint and this node have no cipher in common"),
        ("unknown ca", "the endpoint does not trust the authority of the client certificate"),
        ("bad certificate", "the endpoint refuses the client certificate, or wants one"),
        ("unrecognized name", "the endpoint has no certificate for this host name"),
        ("handshake failure", "the endpoint refused the TLS handshake (no TLS version or cipher in common, or it wants a client certificate)"),
        ("RemoteCertificateNameMismatch", "the certificate of the endpoint is for another host name"),
        ("NotTimeValid", "the certificate of the endpoint has expired or is not valid yet"),
        ("UntrustedRoot", "nobody whom this node trusts vouches for the certificate of the endpoint"),
        ("PartialChain", "the endpoint sends a certificate without the chain to an authority that this node trusts"),
        ("Received an unexpected EOF", "the endpoint closed the connection during the TLS handshake"),
    ];

    // A server that lets the handshake pass and then misses a certificate hangs up, often without an alert.
    private const string MayWantCertificate = " (it may want a client certificate)";

    // So does one that was addressed in a version of HTTP that it does not know.
    private const string MayWantCertificateOrHttp2 = " (it may want a client certificate, or speak HTTP/2 only)";
    private const string MayNotSpeakHttp2 = " (it may not speak HTTP/2, which http-version wants)";

    public static string Of(Exception e, Endpoint endpoint)
    {
        var said = InnermostOf(e);
        // .NET adds the host to what the system said.
        if (e.Message.Contains(said, StringComparison.Ordinal))
            said = e.Message;
        return WordsOf(e, endpoint) is { } words ? $"{words}: {said}" : said;
    }

    /// <summary>What the innermost exception says.</summary>
    public static string InnermostOf(Exception e)
    {
        while (e.InnerException is { } inner)
            e = inner;
        return e.Message;
    }

    /// <summary>Whether the endpoint has refused the request in HTTP/2, and takes it in HTTP/1.1.</summary>
    public static bool WantsHttp1(Exception e) => HasCause(e, static cause => cause is HttpProtocolException { ErrorCode: Http11Required });

    private static string? WordsOf(Exception e, Endpoint endpoint)
    {
        if (endpoint.HttpVersion == HttpVersionChoice.Http2 && IsWithoutHttp2(e))
            return NoHttp2;
        var isTls = false;
        for (var cause = e; cause is not null; cause = cause.InnerException)
        {
            isTls |= cause is AuthenticationException or HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError };
            if (TlsWordsOf(cause, isTls) is { } tls)
                return tls;
            if (cause is SocketException socket)
                return WordsOf(socket.SocketErrorCode, isTls, endpoint);
        }

        return e switch
        {
            _ when HasCause(e, HasEnded) =>
                "the endpoint closed the connection without an answer" + MayBe(endpoint),
            // Of a connection that was given up before it was used, .NET says no more.
            HttpRequestException { HttpRequestError: HttpRequestError.Unknown, InnerException: null } when e.Message.Contains("HTTP/2", StringComparison.Ordinal) =>
                "the endpoint hung up before it took a request" + MayBe(endpoint),
            HttpRequestException { HttpRequestError: HttpRequestError.HttpProtocolError } => "the exchange with the endpoint failed in HTTP/2",
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } =>
                endpoint.MayUseHttp2 ? "the endpoint does not answer in HTTP" : "the endpoint does not answer in HTTP/1.1",
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => "the proxy refuses to connect to the endpoint",
            _ when isTls => "the TLS handshake with the endpoint failed",
            _ => null,
        };
    }

    private static bool IsWithoutHttp2(Exception e) => HasCause(e, static cause =>
        cause is Http1AnswerException or HttpProtocolException { ErrorCode: Http11Required }
            or HttpRequestException { HttpRequestError: HttpRequestError.VersionNegotiationError }
        || cause.Message.Contains(NoProtocol, StringComparison.OrdinalIgnoreCase));

    private static bool HasEnded(Exception cause) =>
        cause is HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } or HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded };

    private static bool HasCause(Exception? e, Predicate<Exception> isCause)
    {
        while (e is not null && !isCause(e))
            e = e.InnerException;
        return e is not null;
    }

    // What cannot be told for certain.
    private static string MayBe(Endpoint endpoint) => endpoint switch
    {
        { IsHttps: true, MayUseHttp2: false } => MayWantCertificateOrHttp2,
        { IsHttps: true } => MayWantCertificate,
        { HttpVersion: HttpVersionChoice.Http2 } => MayNotSpeakHttp2,
        _ => "",
    };

    private static string? TlsWordsOf(Exception cause, bool isTls)
    {
        // An alert after the handshake comes with TLS 1.3, where a client learns late that its certificate was wanted.
        var isAlert = cause.Message.Contains("SSL routines", StringComparison.Ordinal);
        if (!isTls && !isAlert)
            return null;
        foreach (var (said, words) in TlsCauses)
        {
            if (cause.Message.Contains(said, StringComparison.OrdinalIgnoreCase))
                return words;
        }

        return null;
    }

    private static string? WordsOf(SocketError error, bool isTls, Endpoint endpoint) => error switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.NoRecovery => "the name of the endpoint does not resolve",
        SocketError.TryAgain => "the name of the endpoint does not resolve now, as no name server answered",
        SocketError.ConnectionRefused => "the endpoint refuses connections, as nobody listens on its port",
        SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted => isTls
            ? "the endpoint reset the connection during the TLS handshake"
            : "the endpoint reset the connection before it answered, while the request was being sent or after" + MayBe(endpoint),
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "no route leads to the endpoint",
        SocketError.TimedOut => "the endpoint does not answer",
        _ => null,
    };
}
