using ActorWebhooks.Cluster.Tls;

namespace ActorWebhooks.Cluster.Tests.Tls;

public sealed class ClusterTlsReaderTests : IDisposable
{
    private readonly NodeCertificates _ours = new();

    public void Dispose() => _ours.Dispose();

    [Fact]
    public void Every_file_that_is_not_there_or_is_something_else_is_named_with_what_is_accepted()
    {
        var nonsense = _ours.Write("nonsense.pem", "nonsense");

        Assert.Equal(
            [
                $"cert = {nonsense} holds no certificate: accepted is a PEM file with the certificate of this node, and behind it those between it and its authority.",
                "key = /no/such.key cannot be read: accepted is a PEM file with the key of the certificate, not encrypted. There is no such file.",
                "ca = /no/such.pem cannot be read: accepted is a PEM file with the certificates of the authorities that nodes have theirs from. There is no such file.",
            ],
            ErrorsOf(nonsense, "/no/such.key", "/no/such.pem"));
    }

    [Fact]
    public void Key_of_another_certificate_is_told()
    {
        var (certificate, _) = _ours.Issue("one");
        var (_, key) = _ours.Issue("other");

        Assert.StartsWith($"key = {key} is not the key of cert = {certificate}: accepted is ", Assert.Single(ErrorsOf(certificate, key)), StringComparison.Ordinal);
    }

    [Fact]
    public void Certificate_that_other_nodes_would_refuse_is_told_before_they_do()
    {
        using var others = new NodeCertificates("others");
        var (stranger, strangersKey) = others.Issue("stranger");
        var (old, oldKey) = _ours.Issue("old", until: DateTimeOffset.UtcNow.AddDays(-1));
        var (server, serverKey) = _ours.Issue("server", null, NodeCertificates.ForServers);

        Assert.Equal(2, ErrorsOf(stranger, strangersKey).Count);
        Assert.Equal(2, ErrorsOf(old, oldKey).Count);
        Assert.StartsWith(
            $"cert = {server} cannot connect to others: accepted is a certificate of ca = {_ours.Authority} that is for servers and for clients.",
            Assert.Single(ErrorsOf(server, serverKey)),
            StringComparison.Ordinal);
    }

    private List<string> ErrorsOf(string certificate, string key, string? authority = null)
    {
        var errors = new List<string>();
        Assert.Null(ClusterTlsReader.Read(new(new("cert", certificate), new("key", key), new("ca", authority ?? _ours.Authority)), errors));
        return errors;
    }
}
