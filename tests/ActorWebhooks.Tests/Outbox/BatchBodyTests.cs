using System.Buffers;
using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Tests.Outbox;

public sealed class BatchBodyTests
{
    [Fact]
    public async Task Request_reads_its_body_even_after_the_outbox_let_go_of_it()
    {
        var body = Body(1, 2, 3);
        using var content = new BatchContent(body);

        body.Release();

        Assert.Equal([1, 2, 3], await content.ReadAsByteArrayAsync());
    }

    [Fact]
    public void Body_that_everybody_let_go_of_cannot_be_read_any_more()
    {
        var body = Body(1);
        new BatchContent(body).Dispose();
        body.Release();

        Assert.Throws<ObjectDisposedException>(() => new BatchContent(body));
    }

    [Fact]
    public void Content_that_is_disposed_twice_lets_go_once()
    {
        var body = Body(1);
        var content = new BatchContent(body);

        content.Dispose();
        content.Dispose();

        body.Retain();
    }

    private static BatchBody Body(params byte[] bytes)
    {
        var pooled = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(pooled, 0);
        return new BatchBody(pooled, bytes.Length);
    }
}
