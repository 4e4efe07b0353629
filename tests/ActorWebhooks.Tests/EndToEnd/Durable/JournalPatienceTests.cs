using ActorWebhooks.Journal;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.EndToEnd.Durable;

public sealed class JournalPatienceTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Journal_that_fails_is_left_alone_for_longer_each_time_and_at_most_five_seconds()
    {
        var patience = new JournalPatience(_time);
        var delays = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            patience.Failed();
            Assert.False(patience.TryAsk());
            delays.Add(patience.RetryIn!.Value.TotalSeconds);
            _time.Pass(patience.RetryIn.Value);
            Assert.True(patience.TryAsk());
        }

        Assert.Equal([0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5, 5], delays);
    }

    [Fact]
    public void While_an_answer_is_due_there_is_no_time_to_wait_for()
    {
        var patience = new JournalPatience(_time);
        patience.Failed();
        patience.TryAsk();
        _time.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.Zero, patience.RetryIn);
        Assert.True(patience.TryAsk());
        Assert.Null(patience.RetryIn);
    }
}
