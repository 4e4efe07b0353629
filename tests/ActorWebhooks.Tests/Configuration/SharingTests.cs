namespace ActorWebhooks.Tests.Configuration;

public sealed class SharingTests
{
    [Fact]
    public void Webhooks_that_listen_to_the_same_share_their_patterns()
    {
        var webhooks = Reading.Parse(
            """
            [webhook.a]
            url = "http://h/"
            events = [ "auth.*", "!*.debug" ]
            [webhook.b]
            url = "http://h/"
            events = [ "auth.*", "!*.debug" ]
            [webhook.c]
            url = "http://h/"
            events = [ "store.*", "auth.*" ]
            """).Webhooks;

        Assert.Equal(["auth.*", "!*.debug"], webhooks[1].Events.Select(pattern => pattern.Text));
        Assert.Equal(webhooks[0].Events, webhooks[1].Events); // Immutable arrays are equal if they are the same one.
        Assert.Equal(["store.*", "auth.*"], webhooks[2].Events.Select(pattern => pattern.Text));
        Assert.Same(webhooks[0].Events[0], webhooks[2].Events[1]);
    }
}
