using System.Net;
using System.Net.Http.Json;
using ActorWebhooks.Cluster.Tests.Tls;
using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Durability.Rules;
using ActorWebhooks.Server.Tests.Testing;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.EndToEnd;

/// <summary>Servers in processes of their own that are one cluster.</summary>
public sealed class ClusterTests(ITestOutputHelper output) : IDisposable
{
    private const int EventsOfEach = 20;

    private static readonly string[] Webhooks = ["a", "b", "c", "d", "e", "f"];

    private readonly Folder _folder = new();
    private readonly List<ServerProcess> _nodes = [];
    private readonly Dictionary<ServerProcess, int> _sent = [];

    public void Dispose()
    {
        foreach (var node in _nodes)
        {
            output.WriteLine(node.Error.Text);
            node.Dispose();
        }

        _folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Three_nodes_deliver_as_one_and_a_node_that_stops_takes_nothing_with_it(bool hasTls)
    {
        using var certificates = hasTls ? new NodeCertificates() : null;
        await using var receiver = await RecordingReceiver.StartAsync(_ => Task.FromResult(Answer.Taken));
        var config = ConfigOf(receiver);
        var first = Start(config, Tls(certificates, "first"));
        var seed = await ClusterAddressOf(first);
        var (second, third) = (Start(config, ["--seed", seed, .. Tls(certificates, "second")]), Start(config, ["--seed", seed, .. Tls(certificates, "third")]));
        foreach (var node in (ServerProcess[])[first, second, third])
            await IsReadyAsync(node);

        await SendAsync(first, second, third);
        await second.StopAsync().Patiently();
        Assert.Equal(0, second.ExitCode);
        await SendAsync(first, third);

        await Patience.Until(
            () => Task.FromResult(Webhooks.Min(webhook => TakenBy(receiver, webhook).Count())), count => count >= _sent.Values.Sum());
        foreach (var webhook in Webhooks)
        {
            foreach (var (node, sent) in _sent)
                Assert.Equal(Enumerable.Range(0, sent), TakenBy(receiver, webhook).Where(key => key.Producer == _nodes.IndexOf(node)).Select(key => key.Number));
        }

        Assert.Empty(receiver.Faults);
    }

    [Fact]
    public async Task Server_without_a_certificate_of_the_authority_does_not_join_whichever_of_the_two_begins()
    {
        using var certificates = new NodeCertificates();
        using var others = new NodeCertificates("others");
        await using var receiver = await RecordingReceiver.StartAsync(_ => Task.FromResult(Answer.Taken));
        var config = ConfigOf(receiver);
        var first = Start(config, Tls(certificates, "first"));
        var seed = await ClusterAddressOf(first);

        var (stranger, plain) = (Start(config, ["--seed", seed, .. Tls(others, "stranger")]), Start(config, "--seed", seed));
        await ClusterAddressOf(stranger);
        await ClusterAddressOf(plain);
        await first.Error.Shows("to the port of the cluster was refused");

        var second = Start(config, ["--seed", seed, .. Tls(certificates, "second")]);
        await IsReadyAsync(second);
        await IsReadyAsync(first);
        foreach (var refused in (ServerProcess[])[stranger, plain])
        {
            using var client = await ClientOf(refused);
            using var response = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        }

        await SendAsync(first, second);
        await Patience.Until(
            () => Task.FromResult(Webhooks.Min(webhook => TakenBy(receiver, webhook).Count())), count => count >= _sent.Values.Sum());
    }

    private static string[] Tls(NodeCertificates? certificates, string name)
    {
        if (certificates is null)
            return [];
        var (certificate, key) = certificates.Issue(name);
        return ["--cluster-tls-cert", certificate, "--cluster-tls-key", key, "--cluster-tls-ca", certificates.Authority];
    }

    private string ConfigOf(RecordingReceiver receiver) =>
        _folder.Write("webhooks.toml", string.Concat(Webhooks.Select(webhook => Section(webhook, receiver.UrlOf(webhook)))));

    // A throttle, so that events wait in the webhook when the next one comes by way of another node.
    private static string Section(string webhook, Uri url) => $"""
        [webhook.{webhook}]
        url = "{url}"
        events = "*"
        throttle = "50ms"
        signature-key = "{RecordingReceiver.Key}"
        signature-scheme = "standard"
        headers = [ "{RecordingReceiver.LifeHeader}: 0" ]

        """;

    private static IEnumerable<EventKey> TakenBy(RecordingReceiver receiver, string webhook) => receiver.Arrivals
        .Where(arrival => arrival.Webhook == webhook)
        .OrderBy(arrival => arrival.Begun)
        .SelectMany(arrival => arrival.Events);

    private static async Task<string> ClusterAddressOf(ServerProcess node)
    {
        const string Words = "A node of a cluster at ";
        await node.Output.Shows(Words);
        await node.Output.Shows("Try it");
        return node.Output.Text.Split(Words)[1].Split(',')[0];
    }

    private static async Task<HttpClient> ClientOf(ServerProcess node) => new() { BaseAddress = await node.Url.Patiently() };

    private static async Task IsReadyAsync(ServerProcess node)
    {
        using var client = await ClientOf(node);
        await Patience.Until(
            async () =>
            {
                using var response = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
                return response.StatusCode;
            },
            status => status == HttpStatusCode.OK);
    }

    private ServerProcess Start(string config, params string[] arguments)
    {
        var node = new ServerProcess(["--config", config, "--in-memory", "--cluster-port", "0", .. arguments]);
        _nodes.Add(node);
        return node;
    }

    // One after the other, now to this node and now to that.
    private async Task SendAsync(params ServerProcess[] nodes)
    {
        var clients = await Task.WhenAll(nodes.Select(ClientOf));
        for (var i = 0; i < EventsOfEach * nodes.Length; i++)
        {
            var node = nodes[i % nodes.Length];
            var key = new EventKey(_nodes.IndexOf(node), _sent.GetValueOrDefault(node));
            using var response = await clients[i % clients.Length].PostAsJsonAsync(
                new Uri("/api/events", UriKind.Relative), new { type = "cluster.test", id = $"{key}" });
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            _sent[node] = key.Number + 1;
        }

        foreach (var client in clients)
            client.Dispose();
    }
}
