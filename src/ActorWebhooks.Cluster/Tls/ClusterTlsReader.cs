using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorWebhooks.Cluster.Tls;

/// <summary>Reads the PEM files of a node, and says what is wrong with them before another node refuses them.</summary>
internal static class ClusterTlsReader
{
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";

    private const string CertificateRule = "a PEM file with the certificate of this node, and behind it those between it and its authority";
    private const string KeyRule = "a PEM file with the key of the certificate, not encrypted";
    private const string AuthorityRule = "a PEM file with the certificates of the authorities that nodes have theirs from";

    /// <param name="errors">Gets each fault.</param>
    /// <returns>Null when there is any.</returns>
    public static ClusterTls? Read(ClusterTlsFiles files, List<string> errors)
    {
        var found = errors.Count;
        var certificateText = TextOf(files.Certificate, CertificateRule, errors);
        var certificates = CertificatesOf(files.Certificate, certificateText, CertificateRule, errors);
        var keyText = TextOf(files.Key, KeyRule, errors);
        var authorities = CertificatesOf(files.Authority, TextOf(files.Authority, AuthorityRule, errors), AuthorityRule, errors);
        if (errors.Count > found || OwnOf(files, certificateText!, keyText!, errors) is not { } own)
            return null;
        certificates!.RemoveAt(0);
        foreach (var (use, what) in ((string, string)[])[(ServerUse, "take connections of others"), (ClientUse, "connect to others")])
        {
            if (FaultOf(own, certificates, authorities!, use) is { } fault)
                errors.Add($"{files.Certificate} cannot {what}: accepted is a certificate of {files.Authority} that is for servers and for clients. {fault}");
        }

        return errors.Count > found ? null : new ClusterTls(own, certificates, authorities!);
    }

    private static string? TextOf(ClusterTlsFile file, string rule, List<string> errors)
    {
        try
        {
            return File.ReadAllText(file.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            errors.Add($"{file} cannot be read: accepted is {rule}. {(e is FileNotFoundException or DirectoryNotFoundException ? "There is no such file." : e.Message)}");
            return null;
        }
    }

    private static X509Certificate2Collection? CertificatesOf(ClusterTlsFile file, string? text, string rule, List<string> errors)
    {
        if (text is null)
            return null;
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(text);
        }
        catch (CryptographicException)
        {
            certificates.Clear();
        }

        if (certificates.Count > 0)
            return certificates;
        errors.Add($"{file} holds no certificate: accepted is {rule}.");
        return null;
    }

    private static X509Certificate2? OwnOf(ClusterTlsFiles files, string certificate, string key, List<string> errors)
    {
        try
        {
            var own = X509Certificate2.CreateFromPem(certificate, key);
            // Windows does not take a key that is in memory alone.
            return OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null) : own;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            errors.Add($"{files.Key} is not the key of {files.Certificate}: accepted is {KeyRule}.");
            return null;
        }
    }

    private static string? FaultOf(X509Certificate2 own, X509Certificate2Collection between, X509Certificate2Collection authorities, string use)
    {
        using var chain = new X509Chain { ChainPolicy = ClusterTls.PolicyOf(authorities) };
        chain.ChainPolicy.ExtraStore.AddRange(between);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(use));
        return chain.Build(own) ? null : string.Join(' ', chain.ChainStatus.Select(status => status.StatusInformation.Trim()).Distinct(StringComparer.Ordinal));
    }
}
