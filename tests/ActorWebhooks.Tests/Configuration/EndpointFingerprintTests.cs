using ActorWebhooks.Configuration;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Configuration;

public sealed class EndpointFingerprintTests
{
    [Fact]
    public void Version_of_http_is_a_matter_of_the_endpoint() =>
        Assert.Equal(3, Enum.GetValues<HttpVersionChoice>().Select(version => EndpointFingerprint.Of(Some.Webhook with { HttpVersion = version })).Distinct().Count());
}
