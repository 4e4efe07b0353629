using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ActorWebhooks.Cluster.Tests.Tls;
using Akka.Actor;
using Akka.Remote.Transport.DotNetty;

namespace ActorWebhooks.Cluster.Tests.Port;

/// <summary>Who gets an association with a node that has certificates.</summary>
public sealed class PortTlsTests : IDisposable
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(3);

    private readonly NodeCertificates _ours = new();
    private readonly NodeCertificates _others = new("others");

    public void Dispose()
    {
        _ours.Dispose();
        _others.Dispose();
    }

    [Fact]
    public async Task Nodes_with_certificates_of_one_authority_speak_in_both_directions()
    {
        await using var one = PortNode.Start(PortNode.TlsOf(_ours, "one"));
        await using var other = PortNode.Start(PortNode.TlsOf(_ours, "other", uses: [NodeCertificates.ForServers, NodeCertificates.ForClients]));

        Assert.Equal("akka.ssl.tcp", one.Address.Protocol);
        Assert.Equal("hello!", await one.AskAsync(other, "hello"));
        Assert.Equal("back!", await other.AskAsync(one, "back"));
    }

    [Fact]
    public async Task Certificate_by_way_of_another_authority_is_accepted()
    {
        var (certificate, key) = _ours.IssueThroughAnother("far");
        await using var far = PortNode.Start(PortNode.TlsOf(certificate, key, _ours.Authority));
        await using var node = PortNode.Start(PortNode.TlsOf(_ours));

        Assert.Equal("hello!", await far.AskAsync(node, "hello"));
        Assert.Equal("back!", await node.AskAsync(far, "back"));
    }

    [Fact]
    public async Task Peer_with_a_certificate_of_another_authority_is_refused_whoever_connects_and_no_node_stops_for_that()
    {
        await using var node = PortNode.Start(PortNode.TlsOf(_ours));
        // It takes ours for one of its own, so that it is not the one who refuses.
        var (certificate, key) = _others.Issue("stranger");
        var both = _others.Write("both.pem", $"{File.ReadAllText(_others.Authority)}\n{File.ReadAllText(_ours.Authority)}");
        await using var stranger = PortNode.Start(PortNode.TlsOf(certificate, key, both));
        await using var friend = PortNode.Start(PortNode.TlsOf(_ours, "friend"));

        Assert.Null(await stranger.AskAsync(node, "let me in", Enough));
        Assert.Null(await node.AskAsync(stranger, "who are you", Enough));

        Assert.Equal("hello!", await friend.AskAsync(node, "hello"));
        Assert.Equal("back!", await node.AskAsync(friend, "back"));
        Assert.Null(CoordinatedShutdown.Get(node.System).ShutdownReason);
    }

    [Fact]
    public async Task Peer_of_Akka_without_a_certificate_is_refused_whoever_connects()
    {
        await using var node = PortNode.Start(PortNode.TlsOf(_ours));
        await using var plain = PortNode.Start([], "");
        await using var plainToo = PortNode.Start();

        Assert.Null(await plain.AskAsync(node, "let me in", Enough, @as: "akka.tcp"));
        Assert.Null(await plainToo.AskAsync(node, "let me in", Enough, @as: "akka.tcp"));
        Assert.Null(await node.AskAsync(plain, "who are you", Enough, @as: "akka.ssl.tcp"));
        Assert.Null(await node.AskAsync(plainToo, "who are you", Enough, @as: "akka.ssl.tcp"));
        Assert.Null(CoordinatedShutdown.Get(node.System).ShutdownReason);
    }

    [Fact]
    public async Task Peer_that_speaks_TLS_and_shows_no_certificate_is_refused()
    {
        await using var node = PortNode.Start(PortNode.TlsOf(_ours));
        var (certificate, key) = _others.Issue("stranger");
        using var pem = X509Certificate2.CreateFromPemFile(certificate, key);
        using var own = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        await using var stranger = PortNode.Start(
            [new DotNettySslSetup(own, suppressValidation: true, requireMutualAuthentication: false)], "akka.remote.dot-netty.tcp.enable-ssl = on");

        Assert.Null(await stranger.AskAsync(node, "let me in", Enough));

        using var socket = new TcpClient();
        await socket.ConnectAsync(node.EndPoint);
        await using var stream = new SslStream(socket.GetStream(), false, (_, _, _, errors) => errors != SslPolicyErrors.RemoteCertificateNotAvailable);
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            // TLS 1.3 says so only behind the handshake of the client.
            await stream.AuthenticateAsClientAsync("node");
            if (await stream.ReadAsync(new byte[1]) == 0)
                throw new IOException("It was closed.");
        });
    }

    [Fact]
    public async Task Node_of_Akka_with_a_certificate_of_the_authority_speaks_with_it()
    {
        await using var node = PortNode.Start(PortNode.TlsOf(_ours));
        var (certificate, key) = _ours.Issue("akka");
        using var pem = X509Certificate2.CreateFromPemFile(certificate, key);
        using var own = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        await using var akka = PortNode.Start([new DotNettySslSetup(own, suppressValidation: true)], "akka.remote.dot-netty.tcp.enable-ssl = on");

        Assert.Equal("hello!", await akka.AskAsync(node, "hello"));
        Assert.Equal("back!", await node.AskAsync(akka, "back"));
    }

    [Fact]
    public async Task Other_node_that_breaks_off_in_the_middle_of_a_handshake_stops_nobody()
    {
        await using var node = PortNode.Start(PortNode.TlsOf(_ours));
        using var broken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        broken.Start();
        var port = ((System.Net.IPEndPoint)broken.LocalEndpoint).Port;

        node.System.ActorSelection($"akka.ssl.tcp://node@127.0.0.1:{port}/user/echo").Tell("hello");
        using (var half = await broken.AcceptSocketAsync())
            Assert.NotEqual(0, await half.ReceiveAsync(new byte[1]));

        await using var friend = PortNode.Start(PortNode.TlsOf(_ours, "friend"));
        Assert.Equal("hello!", await friend.AskAsync(node, "hello"));
        Assert.Null(CoordinatedShutdown.Get(node.System).ShutdownReason);
    }
}
