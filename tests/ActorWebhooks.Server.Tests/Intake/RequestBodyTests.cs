using System.IO.Pipelines;
using ActorWebhooks.Server.Intake;
using ActorWebhooks.Server.Tests.Testing;
using Microsoft.AspNetCore.Http;

namespace ActorWebhooks.Server.Tests.Intake;

public sealed class RequestBodyTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Bodies_over_what_may_be_in_memory_at_once_are_503_until_others_are_done()
    {
        var budget = new BodyBudget(20_000, TimeProvider.System);
        using (var first = new RequestBody(budget, Timeout))
        {
            using var second = new RequestBody(budget, Timeout);
            Assert.Equal(200, await first.ReadAsync(Request(10_000)));
            Assert.Equal(503, await second.ReadAsync(Request(10_000)));
        }

        using var third = new RequestBody(budget, Timeout);
        Assert.Equal(200, await third.ReadAsync(Request(10_000)));
        Assert.Equal(10_000, third.Bytes.Length);
    }

    [Fact]
    public async Task Body_that_takes_too_long_to_arrive_is_408_and_gives_back_what_it_took()
    {
        var budget = new BodyBudget(20_000, TimeProvider.System);
        using (var body = new RequestBody(budget, TimeSpan.FromMilliseconds(50)))
        {
            Assert.Equal(408, await body.ReadAsync(await UnfinishedAsync()));
        }

        using var next = new RequestBody(budget, Timeout);
        Assert.Equal(200, await next.ReadAsync(Request(10_000)));
    }

    [Fact]
    public async Task Body_that_arrives_too_slowly_while_others_need_the_room_is_503_and_its_room_is_theirs()
    {
        var time = new ManualTime();
        var budget = new BodyBudget(20_000, time);
        using var slow = new RequestBody(budget, Timeout);
        var reading = ReadAndDisposeAsync(slow, await UnfinishedAsync());
        time.Advance(BodyBudget.Grace);

        using var other = new RequestBody(budget, Timeout);
        Assert.Equal(200, await other.ReadAsync(Request(10_000)));

        Assert.Equal(503, await reading);
    }

    private static async Task<HttpRequest> UnfinishedAsync()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(new byte[100]);
        return new DefaultHttpContext { Request = { Body = pipe.Reader.AsStream() } }.Request;
    }

    private static async Task<int> ReadAndDisposeAsync(RequestBody body, HttpRequest request)
    {
        using (body)
            return await body.ReadAsync(request);
    }

    private static HttpRequest Request(int length) =>
        new DefaultHttpContext { Request = { Body = new MemoryStream(new byte[length]) } }.Request;
}
