using ActorWebhooks.Journal.Attempts;

namespace ActorWebhooks.Tests.Journal.Attempts;

public sealed class AttemptRetentionTests
{
    private const long Now = 1_000_000;

    private static readonly AttemptLogLimits Limits = new(TimeSpan.FromMilliseconds(3_200), MaxBytes: 1_600);

    [Theory]
    [InlineData(Now, 8_500, false)]
    [InlineData(Now, 8_499, true)]
    [InlineData(Now - 3_300, 9_000, false)]
    [InlineData(Now - 3_301, 9_000, true)]
    [InlineData(Now, 10_001, true)]
    public void Rows_are_let_go_of_before_they_reach_the_bytes_and_soon_after_they_reach_the_age(long at, long before, bool isDue) =>
        Assert.Equal(isDue, AttemptRetention.IsDue(new AttemptMark(5, at, before), newest: 6, total: 10_000, Limits, Now));

    [Theory]
    [InlineData(Now, 8_600, false)]
    [InlineData(Now, 8_599, true)]
    [InlineData(Now - 3_200, 9_000, false)]
    [InlineData(Now - 3_201, 9_000, true)]
    [InlineData(Now, 10_001, true)]
    public void Once_some_go_a_good_deal_goes(long at, long before, bool isToGo) =>
        Assert.Equal(isToGo, AttemptRetention.IsToGo(new AttemptMark(5, at, before), total: 10_000, Limits, Now));

    [Fact]
    public void Newest_row_stays_whatever_its_age() =>
        Assert.False(AttemptRetention.IsDue(new AttemptMark(5, 0, 0), newest: 5, total: 10_000, Limits, Now));

    [Fact]
    public void Row_that_cannot_be_read_is_due() =>
        Assert.True(AttemptRetention.IsDue(AttemptMark.OfDamaged(5), newest: 6, total: 10, Limits, Now));
}
