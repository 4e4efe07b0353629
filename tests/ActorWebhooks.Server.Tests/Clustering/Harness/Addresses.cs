namespace ActorWebhooks.Server.Tests.Clustering.Harness;

/// <summary>Where the nodes of a cluster are: on loopback addresses of its own, so that a port is free there however often a node starts again.</summary>
internal sealed class Addresses(Random random)
{
    // Not one that is given to whoever asks for a free one.
    private const int Port = 7001;

    private readonly string _net = $"127.{random.Next(1, 255)}.{random.Next(1, 255)}";

    /// <summary>Where the others reach it.</summary>
    public (string Host, int Port) Of(int node) => ($"{_net}.{11 + node}", Port);

    /// <summary>Where it listens, if that is another address.</summary>
    public (string Host, int Port) Behind(int node) => ($"{_net}.{21 + node}", Port);
}
