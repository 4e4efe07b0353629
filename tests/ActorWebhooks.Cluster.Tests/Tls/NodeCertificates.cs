using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorWebhooks.Cluster.Tests.Tls;

/// <summary>An authority, and the PEM files of nodes that have their certificates from it, in a folder of its own.</summary>
internal sealed class NodeCertificates : IDisposable
{
    public const string ForServers = "1.3.6.1.5.5.7.3.1";
    public const string ForClients = "1.3.6.1.5.5.7.3.2";

    private static readonly DateTimeOffset LongAgo = DateTimeOffset.UtcNow.AddDays(-10);
    private static readonly DateTimeOffset NotYet = DateTimeOffset.UtcNow.AddDays(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actor-webhooks-");
    private readonly X509Certificate2 _authority;
    private byte _issued;

    public NodeCertificates(string name = "authority")
    {
        _authority = AuthorityOf(name);
        Authority = Write("ca.pem", _authority.ExportCertificatePem());
    }

    /// <summary>The file of the authority.</summary>
    public string Authority { get; }

    /// <summary>The files of a node.</summary>
    /// <param name="until">When the certificate expires; default not yet.</param>
    /// <param name="uses">What it is for; none is anything.</param>
    public (string Certificate, string Key) Issue(string name, DateTimeOffset? until = null, params string[] uses)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = RequestOf(name, key, uses).Create(_authority, LongAgo, until ?? NotYet.AddDays(-1), [1, ++_issued]);
        return (Write($"{name}.pem", certificate.ExportCertificatePem()), Write($"{name}.key", key.ExportPkcs8PrivateKeyPem()));
    }

    /// <summary>The same by way of an authority in between, whose certificate is in the file of the node.</summary>
    public (string Certificate, string Key) IssueThroughAnother(string name)
    {
        using var betweenKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var between = AuthorityRequestOf("between", betweenKey).Create(_authority, LongAgo, NotYet.AddDays(-1), [1, ++_issued]);
        using var issuer = between.CopyWithPrivateKey(betweenKey);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = RequestOf(name, key, []).Create(issuer, LongAgo, NotYet.AddDays(-2), [1, ++_issued]);
        return (
            Write($"{name}.pem", $"{certificate.ExportCertificatePem()}\n{between.ExportCertificatePem()}\n"),
            Write($"{name}.key", key.ExportPkcs8PrivateKeyPem()));
    }

    public string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private static X509Certificate2 AuthorityOf(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return AuthorityRequestOf(name, key).CreateSelfSigned(LongAgo, NotYet);
    }

    private static CertificateRequest AuthorityRequestOf(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request;
    }

    private static CertificateRequest RequestOf(string name, ECDsa key, string[] uses)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        if (uses.Length > 0)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. uses.Select(use => new Oid(use))], true));
        return request;
    }
}
