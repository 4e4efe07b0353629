using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;
using ActorWebhooks.Text;

namespace ActorWebhooks.Tests.EndToEnd;

public sealed class EndlessReceiverTests : TroubleTests
{
    // Beyond what is read there is what the systems at both ends buffer.
    private const long MostSent = 8 * MiB;
    private const long MostAllocatedByResponse = 2 * MiB;

    private const string RetryAtOnce = """
        throttle = 0
        retry.initial = "1ms"
        retry.max = "1ms"
        """;

    [Theory]
    [InlineData("", "x")]
    [InlineData("Content-Length: 1000000000000\r\n", "x")]
    [InlineData("Transfer-Encoding: chunked\r\n", "1\r\nx\r\n")]
    public async Task Endless_response_body_is_read_to_the_excerpt_and_the_batch_is_delivered(string headers, string piece)
    {
        await using var receiver = RoughReceiver.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync($"HTTP/1.1 200 OK\r\n{headers}\r\n");
            await connection.WriteWithoutEndAsync(string.Concat(Enumerable.Repeat(piece, 1000)));
        });
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver.Url, RetryAtOnce));
        var allocated = GC.GetTotalAllocatedBytes();

        await host.Publisher.PublishAsync(Some.Event("1"));
        await host.AwaitDeliveredAsync(1);
        await Eventually.Equal(0, () => receiver.Running);

        Assert.InRange(GC.GetTotalAllocatedBytes() - allocated, 0, MostAllocatedByResponse);
        Assert.InRange(receiver.BytesSent, HttpAttempt.ResponseExcerptBytes, MostSent);
        Assert.Equal(OutsideText.MaxLength + 1, Assert.Single(await host.AttemptsAsync()).Outcome.Response.Length);
        Assert.Equal(["1"], receiver.EventIds);
    }

    [Theory]
    [InlineData(MiB)]
    [InlineData(long.MaxValue)]
    public async Task Response_headers_beyond_all_bounds_are_bounded_and_the_status_before_them_decides(long bytes)
    {
        await using var receiver = RoughReceiver.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nX-Large: ");
            await connection.FillAsync(bytes);
            await connection.WriteAsync("\r\nContent-Length: 0\r\n\r\n");
        });
        await using var host = await WebhookHost.StartAsync(WebhookHost.Toml(receiver.Url, RetryAtOnce));
        var allocated = GC.GetTotalAllocatedBytes();

        await host.Publisher.PublishAsync(Some.Event("1"));
        await host.AwaitDeliveredAsync(1);
        await Eventually.Equal(0, () => receiver.Running);

        Assert.InRange(GC.GetTotalAllocatedBytes() - allocated, 0, MostAllocatedByResponse);
        Assert.InRange(receiver.BytesSent, 1, MostSent);
        var outcome = Assert.Single(await host.AttemptsAsync()).Outcome;
        Assert.Equal((AttemptEnd.Response, 200), (outcome.Kind, outcome.Status));
        Assert.Contains("delivered; the response was malformed", outcome.Error, StringComparison.Ordinal);
        Assert.Single(receiver.Requests);
    }
}
