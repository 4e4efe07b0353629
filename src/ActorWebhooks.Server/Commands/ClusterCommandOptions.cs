using System.CommandLine;

namespace ActorWebhooks.Server.Commands;

/// <summary>The options with which <c>run</c> is told about a cluster.</summary>
internal sealed class ClusterCommandOptions
{
    public const string PortName = "--cluster-port";

    public const string HostName = "--cluster-host";

    public const string SeedName = "--seed";

    private readonly Option<string?> _port = new(PortName)
    {
        Description = "Run as a node of a cluster, whose other nodes reach this one at this port; 0 takes a free one. "
            + "All nodes need the same webhooks, and the same database (--postgres) or --in-memory.",
        HelpName = "PORT",
    };

    private readonly Option<string?> _host = new(HostName)
    {
        Description = $"The address of this machine, or its name, by which they reach it; default: {ClusterReading.DefaultHost}. What nodes say to each "
            + "other needs no password and is not encrypted, so give another address only in a network that nobody else can reach.",
        HelpName = "HOST",
    };

    private readonly Option<string[]> _seeds = new(SeedName)
    {
        Description = "A node through which this one finds the cluster; may be repeated. The first one begins the cluster when it finds none of the "
            + "others, so give all nodes the same ones in the same order. Without any this node begins a cluster of its own.",
        HelpName = "HOST:PORT",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_port);
        command.Options.Add(_host);
        command.Options.Add(_seeds);
    }

    public ClusterFlags Read(ParseResult parsed) => new()
    {
        Port = parsed.GetValue(_port),
        Host = parsed.GetValue(_host),
        Seeds = parsed.GetValue(_seeds) ?? [],
    };
}
