namespace ActorWebhooks.Cluster.Tls;

/// <summary>The PEM files of a node.</summary>
/// <param name="Certificate">Its certificate, with those between it and the authority behind it.</param>
/// <param name="Key">The key of the certificate.</param>
/// <param name="Authority">The authorities that certificates of nodes come from.</param>
internal sealed record ClusterTlsFiles(ClusterTlsFile Certificate, ClusterTlsFile Key, ClusterTlsFile Authority);

/// <summary>A file, and what the user calls the setting that names it.</summary>
internal sealed record ClusterTlsFile(string Setting, string Path)
{
    public override string ToString() => $"{Setting} = {Path}";
}
