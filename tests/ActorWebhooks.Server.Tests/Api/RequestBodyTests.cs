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

    private static HttpRequest Request(int length) =>
        new DefaultHttpContext { Request = { Body = new MemoryStream(new byte[length]) } }.Request;
}
