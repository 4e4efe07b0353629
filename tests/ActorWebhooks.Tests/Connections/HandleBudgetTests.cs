using ActorWebhooks.Connections;

namespace ActorWebhooks.Tests.Connections;

public sealed class HandleBudgetTests
{
    [Theory]
    [InlineData(256, 200, 8, 8)]
    [InlineData(420, 200, 62, 31)]
    [InlineData(1024, 200, 364, 182)]
    [InlineData(20_000, 200, 4096, 1000)]
    public void Half_of_what_is_left_is_for_deliveries_and_a_quarter_for_the_API(int limit, int inUse, int deliveries, int intake) =>
        Assert.Equal(new HandleBudget(deliveries, intake), HandleBudget.Of(limit, inUse));

    [Fact]
    public void Process_without_a_limit_has_the_most() => Assert.Equal(new HandleBudget(4096, 1000), HandleBudget.Of(null, 0));

    [Theory]
    [InlineData("Max open files            1024                 524288               files     ", 1024L)]
    [InlineData("Max open files            unlimited            unlimited            files     ", null)]
    [InlineData("Max processes             10                   10                   processes ", null)]
    public void Limit_is_the_one_that_holds_now(string line, long? expected) =>
        Assert.Equal(expected, OpenFiles.ParseLimit(["Limit                     Soft Limit           Hard Limit           Units     ", line]));
}
