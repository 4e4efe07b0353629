using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ActorWebhooks.Cluster.Tls;

/// <summary>What a node has against the certificate of a peer, for the log.</summary>
internal sealed class PeerVerdict
{
    /// <summary>A part of a sentence; null when nothing was found, or it did not come to that.</summary>
    public string? Fault { get; private set; }

    public bool IsOfAuthority(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Fault = certificate is null ? "it shows no certificate"
            : (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None ? null
            : $"its certificate is not one that the authority of this node vouches for now ({WhyOf(chain)})";
        return Fault is null;
    }

    private static string WhyOf(X509Chain? chain) =>
        chain is null ? "nothing is known of it" : string.Join(", ", chain.ChainStatus.Select(status => status.Status).Distinct());
}
