using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Delivery;

public sealed class AttemptLogTests
{
    [Fact]
    public void Log_keeps_the_latest_attempts_oldest_first()
    {
        var log = new AttemptLog();
        for (var i = 0; i < AttemptLog.MaxAttempts + 3; i++)
            log.Add(Attempt($"{i}", ""));

        Assert.Equal(Enumerable.Range(3, AttemptLog.MaxAttempts).Select(i => $"{i}"), log.All.Select(attempt => attempt.BatchId));
        Assert.Same(log.All.Last(), log.Latest);
    }

    [Fact]
    public void Long_responses_make_the_log_shorter()
    {
        var log = new AttemptLog();
        for (var i = 0; i < AttemptLog.MaxAttempts; i++)
            log.Add(Attempt($"{i}", new string('x', HttpAttempt.ResponseExcerptBytes)));

        Assert.Equal(AttemptLog.MaxCharacters / HttpAttempt.ResponseExcerptBytes, log.All.Count);
        Assert.Equal("99", log.Latest?.BatchId);
    }

    [Fact]
    public void Log_without_attempts_has_no_latest_one() => Assert.Null(new AttemptLog().Latest);

    private static Attempt Attempt(string batchId, string response) => new(
        Some.Time, batchId, Events: 1, Bytes: 100, Outcomes.Status(200) with { Response = response }, Decision.Delivered, TimeSpan.Zero);
}
