using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Delivery;

public sealed class OutcomePolicyTests
{
    private static readonly (int Events, int Refusals, bool IsLossy)[] AnyCase =
    [
        (1, 0, false), (1, 4, false), (1, 5, false), (2, 0, false), (1000, 5, false), (1, 0, true), (1, 100, true), (1000, 0, true),
    ];

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(204)]
    [InlineData(299)]
    public void Every_2xx_is_a_delivery(int status) => Assert.All(AnyCase, x => Assert.Equal(Decision.Delivered, Decide(status, x)));

    [Theory]
    [InlineData(100)]
    [InlineData(199)]
    [InlineData(300)]
    [InlineData(301)]
    [InlineData(304)]
    [InlineData(307)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(408)]
    [InlineData(409)]
    [InlineData(411)]
    [InlineData(412)]
    [InlineData(414)]
    [InlineData(421)]
    [InlineData(423)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(499)]
    [InlineData(500)]
    [InlineData(501)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(599)]
    public void Redirects_server_errors_and_most_client_errors_are_tried_again(int status) =>
        Assert.All(AnyCase, x => Assert.Equal(x.IsLossy ? Decision.Drop : Decision.Retry, Decide(status, x)));

    [Fact]
    public void What_ends_without_a_response_is_tried_again()
    {
        foreach (var outcome in new[]
        {
            Outcomes.Timeout, Outcomes.Broken(AttemptEnd.NetworkError), Outcomes.Broken(AttemptEnd.TlsError), Outcomes.Broken(AttemptEnd.Fault),
        })
        {
            Assert.Equal(Decision.Retry, OutcomePolicy.Decide(outcome, events: 3, refusals: 0, isLossy: false));
            Assert.Equal(Decision.Retry, OutcomePolicy.Decide(outcome, events: 1, refusals: 9, isLossy: false));
            Assert.Equal(Decision.Drop, OutcomePolicy.Decide(outcome, events: 3, refusals: 0, isLossy: true));
        }
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(422)]
    public void Refused_batch_is_split_and_a_refused_event_that_stands_alone_is_given_up(int status)
    {
        Assert.Equal(Decision.Split, Decide(status, (1000, 0, false)));
        Assert.Equal(Decision.Split, Decide(status, (2, 4, false)));
        Assert.Equal(Decision.Refuse, Decide(status, (1, 0, false)));
        Assert.Equal(Decision.Refuse, Decide(status, (1, 4, false)));
        Assert.Equal(Decision.Drop, Decide(status, (1, 0, true)));
        Assert.Equal(Decision.Drop, Decide(status, (1000, 0, true)));
    }

    [Theory]
    [InlineData(400, Decision.Retry)]
    [InlineData(422, Decision.Retry)]
    [InlineData(413, Decision.Refuse)]
    public void After_five_refusals_with_400_or_422_no_event_is_given_up_for_them(int status, object decision)
    {
        Assert.Equal(decision, Decide(status, (1, 5, false)));
        Assert.Equal(decision, Decide(status, (1, 6, false)));
        Assert.Equal(Decision.Split, Decide(status, (2, 5, false)));
    }

    [Fact]
    public void Status_410_means_that_the_endpoint_is_gone_whatever_the_webhook() =>
        Assert.All(AnyCase, x => Assert.Equal(Decision.Gone, Decide(410, x)));

    [Theory]
    [InlineData(429, 7, 7)]
    [InlineData(503, 7, 7)]
    [InlineData(503, 3600, 3600)]
    [InlineData(503, 3601, 3600)]
    [InlineData(429, 86_400, 3600)]
    [InlineData(429, 0, 0)]
    [InlineData(429, -30, 0)]
    [InlineData(500, 7, 0)]
    [InlineData(404, 7, 0)]
    public void Retry_after_counts_with_429_and_503_and_for_an_hour_at_most(int status, int asked, int seconds) =>
        Assert.Equal(
            TimeSpan.FromSeconds(seconds), OutcomePolicy.LeastDelay(Outcomes.RetryAfter(status, TimeSpan.FromSeconds(asked)), Some.Webhook.Retry));

    [Fact]
    public void Nothing_asked_for_is_no_wait() => Assert.Equal(TimeSpan.Zero, OutcomePolicy.LeastDelay(Outcomes.Status(503), Some.Webhook.Retry));

    private static Decision Decide(int status, (int Events, int Refusals, bool IsLossy) x) =>
        OutcomePolicy.Decide(Outcomes.Status(status), x.Events, x.Refusals, x.IsLossy);
}
