using System.Collections.Immutable;
using ActorWebhooks.Cluster.Entities;
using ActorWebhooks.Delivery;
using ActorWebhooks.Text;

namespace ActorWebhooks.Cluster.Tests.Wire;

public sealed class UncleanAttemptTests
{
    [Fact]
    public void What_another_node_says_of_an_attempt_is_cut_and_cleaned_like_what_an_endpoint_says()
    {
        var attempt = new Attempt(
            DateTimeOffset.UnixEpoch, "batch", 1, 1, new AttemptOutcome(AttemptEnd.NetworkError, Error: new string('\u001b', 50_000), Response: "a\u202eb"), Decision.Retry, TimeSpan.Zero);

        var read = (CommandAnswer)new CommandAnswer(ImmutableArray.Create(attempt)).Sent();

        var outcome = Assert.Single((ImmutableArray<Attempt>)read.Answer).Outcome;
        Assert.InRange(outcome.Error!.Length, 1, OutsideText.MaxLength + 1);
        Assert.DoesNotContain('\u001b', outcome.Error);
        Assert.Equal("a\\u202eb", outcome.Response);
    }
}
