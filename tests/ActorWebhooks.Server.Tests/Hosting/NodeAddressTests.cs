using ActorWebhooks.Server.Hosting;

namespace ActorWebhooks.Server.Tests.Hosting;

public sealed class NodeAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:7001", "127.0.0.1:7001")]
    [InlineData("localhost:7001", "127.0.0.1:7001")]
    [InlineData("LocalHost:65535", "127.0.0.1:65535")]
    [InlineData("Webhooks-0.Nodes.default.svc.cluster.local:7001", "webhooks-0.nodes.default.svc.cluster.local:7001")]
    public void One_node_has_one_spelling(string text, string address) => Assert.Equal(address, NodeAddress.TryParse(text).ToString());

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.0.1", true)]
    [InlineData("10.0.0.5", false)]
    [InlineData("node-a", false)]
    public void Loopback_is_known_by_its_address(string host, bool isLoopback) => Assert.Equal(isLoopback, new NodeAddress(host, 1).IsLoopback);
}
