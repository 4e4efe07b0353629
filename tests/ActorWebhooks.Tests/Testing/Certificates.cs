using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorWebhooks.Tests.Testing;

internal static class Certificates
{
    private static readonly DateTimeOffset LongAgo = DateTimeOffset.UtcNow.AddDays(-10);
    private static readonly DateTimeOffset NotYet = DateTimeOffset.UtcNow.AddDays(10);

    /// <summary>An authority that a test may trust.</summary>
    public static X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(LongAgo, NotYet);
    }

    /// <summary>A certificate that nobody vouches for.</summary>
    public static X509Certificate2 SelfSigned(string host = "localhost")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = RequestFor(host, key).CreateSelfSigned(LongAgo, NotYet);
        return Loaded(certificate);
    }

    /// <summary>A certificate that <paramref name="authority"/> vouches for.</summary>
    /// <param name="until">When it expires; default not yet.</param>
    public static X509Certificate2 Issued(X509Certificate2 authority, string host, DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = RequestFor(host, key).Create(authority, LongAgo, until ?? NotYet.AddDays(-1), [1]);
        using var withKey = certificate.CopyWithPrivateKey(key);
        return Loaded(withKey);
    }

    /// <summary>A certificate that an intermediate authority vouches for, which is to be had at <paramref name="issuerUrl"/> only.</summary>
    public static X509Certificate2 IssuedByOneElsewhere(X509Certificate2 authority, string host, Uri issuerUrl)
    {
        using var keyBetween = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var between = new CertificateRequest("CN=between", keyBetween, HashAlgorithmName.SHA256);
        between.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var issuer = between.Create(authority, LongAgo, NotYet.AddDays(-1), [2]);
        using var issuerWithKey = issuer.CopyWithPrivateKey(keyBetween);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = RequestFor(host, key);
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([], [issuerUrl.AbsoluteUri]));
        using var certificate = request.Create(issuerWithKey, LongAgo, NotYet.AddDays(-2), [3]);
        using var withKey = certificate.CopyWithPrivateKey(key);
        return Loaded(withKey);
    }

    private static CertificateRequest RequestFor(string host, ECDsa key)
    {
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request;
    }

    // What a server can use on every system.
    private static X509Certificate2 Loaded(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
}
