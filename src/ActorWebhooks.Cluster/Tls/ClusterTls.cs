using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ActorWebhooks.Cluster.Tls;

/// <summary>
/// By what a node knows the others, and they it: both ends of a connection show a certificate of the same authority. Which name stands in it does
/// not matter, as nodes are reached by addresses that change.
/// </summary>
internal sealed class ClusterTls
{
    private const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;

    private readonly SslStreamCertificateContext _own;
    private readonly X509Certificate2Collection _authorities;

    /// <param name="own">With its key.</param>
    /// <param name="between">Those between it and its authority.</param>
    public ClusterTls(X509Certificate2 own, X509Certificate2Collection between, X509Certificate2Collection authorities)
    {
        _own = SslStreamCertificateContext.Create(own, between, offline: true);
        _authorities = authorities;
    }

    /// <summary>For a connection that came in.</summary>
    public SslServerAuthenticationOptions Server(PeerVerdict verdict) => new()
    {
        ServerCertificateContext = _own,
        ClientCertificateRequired = true,
        EnabledSslProtocols = Protocols,
        CertificateChainPolicy = PolicyOf(_authorities),
        RemoteCertificateValidationCallback = verdict.IsOfAuthority,
        // A connection that takes up another one would not show a certificate.
        AllowTlsResume = false,
    };

    /// <summary>For a connection to another node.</summary>
    public SslClientAuthenticationOptions Client(string host, PeerVerdict verdict) => new()
    {
        TargetHost = host,
        ClientCertificateContext = _own,
        EnabledSslProtocols = Protocols,
        CertificateChainPolicy = PolicyOf(_authorities),
        RemoteCertificateValidationCallback = verdict.IsOfAuthority,
        AllowTlsResume = false,
    };

    /// <summary>Who is trusted: nobody but the authorities, and nothing is fetched from elsewhere.</summary>
    public static X509ChainPolicy PolicyOf(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
