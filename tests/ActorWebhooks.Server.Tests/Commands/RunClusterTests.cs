using ActorWebhooks.Server.Commands;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Commands;

/// <summary>What <c>run</c> is told about a cluster.</summary>
public sealed class RunClusterTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly Cli _cli = new();

    private string Config => _folder.Write("webhooks.toml", "# no webhooks");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--seed is for a node of a cluster. Give --cluster-port PORT too", "--seed", "127.0.0.1:7001")]
    [InlineData("--cluster-host is for a node of a cluster. Give --cluster-port PORT too", "--cluster-host", "127.0.0.1")]
    [InlineData("--cluster-port is a number from 0 to 65535, and 0 takes a free one; found 'abc'.", "--cluster-port", "abc")]
    [InlineData("--cluster-port is a number from 0 to 65535, and 0 takes a free one; found '65536'.", "--cluster-port", "65536")]
    [InlineData("--cluster-port is a number from 0 to 65535, and 0 takes a free one; found '-1'.", "--cluster-port=-1")]
    [InlineData("--cluster-port is a number from 0 to 65535, and 0 takes a free one; found ''.", "--cluster-port", "")]
    [InlineData("such as 10.0.0.5; found '0.0.0.0'.", "--cluster-port", "0", "--cluster-host", "0.0.0.0")]
    [InlineData("such as 10.0.0.5; found '::1'.", "--cluster-port", "0", "--cluster-host", "::1")]
    [InlineData("such as 10.0.0.5; found 'node:7001'.", "--cluster-port", "0", "--cluster-host", "node:7001")]
    [InlineData("such as 10.0.0.5; found ''.", "--cluster-port", "0", "--cluster-host", "")]
    [InlineData("--seed is the HOST:PORT of a node, an IPv4 address or a name and a port from 1 to 65535, such as 10.0.0.5:7001; found '127.0.0.1'.", "--cluster-port", "0", "--seed", "127.0.0.1")]
    [InlineData("such as 10.0.0.5:7001; found '127.0.0.1:0'.", "--cluster-port", "0", "--seed", "127.0.0.1:0")]
    [InlineData("such as 10.0.0.5:7001; found '127.0.0.1:70000'.", "--cluster-port", "0", "--seed", "127.0.0.1:70000")]
    [InlineData("such as 10.0.0.5:7001; found ':7001'.", "--cluster-port", "0", "--seed", ":7001")]
    [InlineData("such as 10.0.0.5:7001; found '[::1]:7001'.", "--cluster-port", "0", "--seed", "[::1]:7001")]
    [InlineData("such as 10.0.0.5:7001; found 'http://node:7001'.", "--cluster-port", "0", "--seed", "127.0.0.1:7001", "--seed", "http://node:7001")]
    [InlineData("--seed node-a:7001 is on another machine, which cannot reach this node at 127.0.0.1. Give --cluster-host", "--cluster-port", "0", "--seed", "node-a:7001")]
    [InlineData("--seed 10.0.0.5:7001 is on another machine", "--cluster-port", "0", "--seed", "localhost:7001", "--seed", "10.0.0.5:7001")]
    [InlineData("Cannot listen on 192.0.2.1:0 for the other nodes of the cluster: this machine does not have that address.", "--cluster-port", "0", "--cluster-insecure", "--cluster-host", "192.0.2.1")]
    [InlineData("Cannot listen on no.such.invalid:0 for the other nodes of the cluster: ", "--cluster-port", "0", "--cluster-insecure", "--cluster-host", "no.such.invalid")]
    [InlineData("--cluster-tls-cert is for a node of a cluster. Give --cluster-port PORT too", "--cluster-tls-cert", "node.pem")]
    [InlineData("--cluster-tls-key is for a node of a cluster. Give --cluster-port PORT too", "--cluster-tls-key", "node.key")]
    [InlineData("--cluster-tls-ca is for a node of a cluster. Give --cluster-port PORT too", "--cluster-tls-ca", "ca.pem")]
    [InlineData("--cluster-insecure is for a node of a cluster. Give --cluster-port PORT too", "--cluster-insecure")]
    [InlineData("--cluster-tls-cert, --cluster-tls-key and --cluster-tls-ca go together: give --cluster-tls-key and --cluster-tls-ca too, or none of them.", "--cluster-port", "0", "--cluster-tls-cert", "node.pem")]
    [InlineData("go together: give --cluster-tls-cert too, or none of them.", "--cluster-port", "0", "--cluster-tls-key", "node.key", "--cluster-tls-ca", "ca.pem")]
    [InlineData("--cluster-insecure is for a node without TLS, and there is --cluster-tls-cert.", "--cluster-port", "0", "--cluster-insecure", "--cluster-tls-cert", "a", "--cluster-tls-key", "b", "--cluster-tls-ca", "c")]
    [InlineData("--cluster-host 10.0.0.5 can be reached from other machines, and whoever reaches the port of a cluster without TLS is one of its nodes. Give --cluster-tls-cert, --cluster-tls-key and --cluster-tls-ca, or --cluster-insecure in a network that nobody else can reach.", "--cluster-port", "0", "--cluster-host", "10.0.0.5")]
    [InlineData("--cluster-host node-a can be reached from other machines", "--cluster-port", "0", "--cluster-host", "node-a", "--seed", "node-b:7001")]
    public async Task What_is_not_acceptable_is_refused_with_a_sentence(string words, params string[] args)
    {
        Assert.Equal(1, await _cli.RunAsync(["--urls", "http://127.0.0.1:0", "--in-memory", "--config", Config, .. args]));

        Assert.Contains(words, Assert.Single(_cli.Error.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_in_use_is_refused_with_a_sentence()
    {
        await using var other = await RunningServer.StartAsync(publisher: new RecordingPublisher());

        Assert.Equal(1, await _cli.RunAsync(
            "--urls", "http://127.0.0.1:0", "--in-memory", "--config", Config, "--cluster-port", $"{other.Url.Port}"));

        Assert.Equal(
            $"Cannot listen on 127.0.0.1:{other.Url.Port} for the other nodes of the cluster: another program uses that port. "
            + "Stop it, or choose another port (0 takes a free one).",
            Assert.Single(_cli.Error.Lines));
    }

    [Fact]
    public async Task Files_that_are_no_certificates_are_told_all_at_once_with_the_options_that_name_them()
    {
        Assert.Equal(1, await _cli.RunAsync(
            "--urls", "http://127.0.0.1:0", "--in-memory", "--config", Config, "--cluster-port", "0", "--cluster-host", "10.0.0.5",
            "--cluster-tls-cert", Config, "--cluster-tls-key", "/no/such.key", "--cluster-tls-ca", "/no/such.pem"));

        Assert.Collection(
            _cli.Error.Lines,
            line => Assert.StartsWith($"--cluster-tls-cert = {Config} holds no certificate: accepted is ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("--cluster-tls-key = /no/such.key cannot be read: accepted is ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("--cluster-tls-ca = /no/such.pem cannot be read: accepted is ", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("127.0.0.2", false)]
    [InlineData("localhost", false)]
    [InlineData("10.0.0.5", true)]
    public void Port_that_other_machines_do_not_reach_or_that_the_user_opens_needs_no_certificates(string host, bool isInsecure) =>
        Assert.Null(ClusterReading.Read(new ClusterFlags { Port = "0", Host = host, Insecure = isInsecure })!.Tls);

    [Fact]
    public async Task Sqlite_is_refused_with_the_reason_and_what_to_do_instead()
    {
        var data = Path.Combine(_folder.Path, "data");

        Assert.Equal(1, await _cli.RunAsync("--urls", "http://127.0.0.1:0", "--config", Config, "--cluster-port", "0", "--data", data));

        Assert.Equal(
            "--cluster-port does not go together with SQLite, which is the default and --data: that is a file of one machine, and another node that takes "
            + "a webhook over could not read what waits for it. Give --postgres CONNSTR, the same database for all nodes, or --in-memory.",
            Assert.Single(_cli.Error.Lines));
        Assert.False(Directory.Exists(data));
    }

    [Theory]
    [InlineData("actor-webhooks.journal.plugin = own, own { class = \"Akka.Persistence.Sqlite.Journal.SqliteJournal, Akka.Persistence.Sqlite\" }")]
    [InlineData("actor-webhooks.journal.plugin = akka.persistence.journal.sql, akka.persistence.journal.sql.connection-string = \"Data Source=events.db\"")]
    public async Task Journal_of_one_node_in_the_hocon_of_the_user_is_refused_too(string hocon)
    {
        var file = _folder.Write("node.conf", hocon);

        Assert.Equal(1, await _cli.RunAsync("--urls", "http://127.0.0.1:0", "--config", Config, "--cluster-port", "0", "--hocon", file));

        Assert.Contains("a journal of one node", Assert.Single(_cli.Error.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_webhook_is_refused_because_it_is_another_one_on_every_node()
    {
        Assert.Equal(1, await _cli.RunAsync("--urls", "http://127.0.0.1:0", "--in-memory", "--cluster-port", "0"));

        Assert.StartsWith("--cluster-port does not go together with the demo webhook", Assert.Single(_cli.Error.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodes_say_where_they_are_and_by_what_way_they_find_each_other()
    {
        using var stop = new CancellationTokenSource();
        var first = RunAsync(_cli, stop.Token);
        await _cli.Out.Shows("Try it");
        var line = Assert.Single(_cli.Out.Lines, line => line.StartsWith("A node of a cluster at ", StringComparison.Ordinal));
        var address = line.Split(' ', ',')[6];
        Assert.Equal($"A node of a cluster at {address}, the first one; others join it with --seed {address}.", line);

        var cli = new Cli();
        var second = RunAsync(cli, stop.Token, "--seed", $"LOCALHOST:{address.Split(':')[1]}", "--seed", "127.0.0.1:1");
        await cli.Out.Shows($", which it finds through {address}, 127.0.0.1:1.");

        await stop.CancelAsync();
        Assert.Equal(0, await first);
        Assert.Equal(0, await second);
    }

    private Task<int> RunAsync(Cli cli, CancellationToken cancellationToken, params string[] args) =>
        cli.RunAsync(cancellationToken, ["--urls", "http://127.0.0.1:0", "--in-memory", "--config", Config, "--cluster-port", "0", .. args]);
}
