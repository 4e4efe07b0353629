using System.CommandLine;

namespace ActorWebhooks.Server.Commands;

/// <summary>The options with which <c>run</c> is told about a cluster.</summary>
internal sealed class ClusterCommandOptions
{
    public const string PortName = "--cluster-port";

    public const string HostName = "--cluster-host";

    public const string SeedName = "--seed";

    public const string CertificateName = "--cluster-tls-cert";

    public const string KeyName = "--cluster-tls-key";

    public const string AuthorityName = "--cluster-tls-ca";

    public const string InsecureName = "--cluster-insecure";

    private readonly Option<string?> _port = new(PortName)
    {
        Description = "Run as a node of a cluster, whose other nodes reach this one at this port; 0 takes a free one. "
            + "All nodes need the same webhooks, and the same database (--postgres) or --in-memory.",
        HelpName = "PORT",
    };

    private readonly Option<string?> _host = new(HostName)
    {
        Description = $"The address of this machine, or its name, by which they reach it; default: {ClusterReading.DefaultHost}. Another "
            + $"address needs {CertificateName}, {KeyName} and {AuthorityName}, or {InsecureName}.",
        HelpName = "HOST",
    };

    private readonly Option<string[]> _seeds = new(SeedName)
    {
        Description = "A node through which this one finds the cluster; may be repeated. The first one begins the cluster when it finds none of the "
            + "others, so give all nodes the same ones in the same order. Without any this node begins a cluster of its own.",
        HelpName = "HOST:PORT",
    };

    private readonly Option<string?> _certificate = new(CertificateName)
    {
        Description = "The certificate of this node, in PEM, for servers and for clients. Nodes speak TLS then, and refuse whoever has none of the same authority.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _key = new(KeyName)
    {
        Description = "The key of that certificate, in PEM, not encrypted.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _authority = new(AuthorityName)
    {
        Description = "The authority that the certificates of all nodes come from, in PEM. It should vouch for nothing but nodes of this cluster.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _insecure = new(InsecureName)
    {
        Description = $"Let other machines reach {PortName} without TLS, where no password is asked for and nothing is encrypted: for a network that nobody else can reach.",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_port);
        command.Options.Add(_host);
        command.Options.Add(_seeds);
        command.Options.Add(_certificate);
        command.Options.Add(_key);
        command.Options.Add(_authority);
        command.Options.Add(_insecure);
    }

    public ClusterFlags Read(ParseResult parsed) => new()
    {
        Port = parsed.GetValue(_port),
        Host = parsed.GetValue(_host),
        Seeds = parsed.GetValue(_seeds) ?? [],
        TlsCertificate = parsed.GetValue(_certificate),
        TlsKey = parsed.GetValue(_key),
        TlsAuthority = parsed.GetValue(_authority),
        Insecure = parsed.GetValue(_insecure),
    };
}
