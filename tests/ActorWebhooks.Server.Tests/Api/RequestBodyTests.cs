using System.IO.Pipelines;
using ActorWebhooks.Server.Api;
using Microsoft.AspNetCore.Http;

namespace ActorWebhooks.Server.Tests.Api;

public sealed class RequestBodyTests
{
    [Fact]
    public async Task Bodies_over_what_may_be_in_memory_at_once_are_503_until_others_are_done()
    {
        var budget = new BodyBudget(20_000);
        using (var first = new RequestBody(budget))
        {
            using var second = new RequestBody(budget);
            Assert.Equal(200, await first.ReadAsync(Request(10_000), CancellationToken.None));
            Assert.Equal(503, await second.ReadAsync(Request(10_000), CancellationToken.None));
        }

        using var third = new RequestBody(budget);
        Assert.Equal(200, await third.ReadAsync(Request(10_000), CancellationToken.None));
        Assert.Equal(10_000, third.Bytes.Length);
    }

    [Fact]
    public async Task Body_that_takes_too_long_to_arrive_is_408_and_gives_back_what_it_took()
    {
        var budget = new BodyBudget(20_000);
        using (var body = new RequestBody(budget, TimeSpan.FromMilliseconds(50)))
        {
            var request = new DefaultHttpContext { Request = { Body = new Pipe().Reader.AsStream() } }.Request;
            Assert.Equal(408, await body.ReadAsync(request, CancellationToken.None));
        }

        using var next = new RequestBody(budget);
        Assert.Equal(200, await next.ReadAsync(Request(10_000), CancellationToken.None));
    }

    [Fact]
    public void Large_bodies_leave_a_quarter_to_small_ones_and_events_count_like_bodies()
    {
        const int MiB = 1024 * 1024;
        var budget = new BodyBudget(16 * MiB);

        Assert.True(budget.TryTake(8 * MiB, 8 * MiB));
        Assert.False(budget.TryTake(5 * MiB, 5 * MiB));
        Assert.True(budget.TryTake(4 * MiB, 4 * MiB));
        Assert.True(budget.TryTake(MiB, MiB));
        using var small = new RequestBody(budget);
        Assert.True(small.TryTake(MiB));
        Assert.False(small.TryTake(MiB));
    }

    private static HttpRequest Request(int length) =>
        new DefaultHttpContext { Request = { Body = new MemoryStream(new byte[length]) } }.Request;
}
