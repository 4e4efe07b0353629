using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Delivery;

/// <summary>Answers whose status line came, and behind it something that cannot be read.</summary>
public sealed class MalformedAnswerTests : IDisposable
{
    private readonly AnswerBench _bench = new();

    public static TheoryData<string, string> Rests => new()
    {
        { "a header line without a name", ": x\r\nContent-Length: 0\r\n\r\n" },
        { "a header line without a colon", "nonsense\r\nContent-Length: 0\r\n\r\n" },
        { "a name with a space", "X Y: z\r\nContent-Length: 0\r\n\r\n" },
        { "a space before the colon and in the name", "X Y : z\r\nContent-Length: 0\r\n\r\n" },
        { "a name that is not ASCII", "X-\u00e9: z\r\nContent-Length: 0\r\n\r\n" },
        { "a header that is too large", $"X: {new string('x', 100_000)}\r\nContent-Length: 0\r\n\r\n" },
        { "too many headers", $"{string.Concat(Enumerable.Range(0, 5000).Select(i => $"X-{i}: some value\r\n"))}Content-Length: 0\r\n\r\n" },
        { "a length that is no number", "Content-Length: many\r\n\r\n" },
        { "a negative length", "Content-Length: -1\r\n\r\n" },
        { "a length beyond all numbers", "Content-Length: 99999999999999999999999\r\n\r\n" },
        { "a chunk without a length", "Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n" },
        { "a chunk longer than it says", "Transfer-Encoding: chunked\r\n\r\n1\r\nxyz\r\n0\r\n\r\n" },
        { "a line feed in a line of its own", "X: y\n z\r\n\r\r\n\r\n" },
        { "a head without an end", "X: y\r\n" },
        { "nothing", "" },
    };

    [Theory]
    [MemberData(nameof(Rests))]
    public async Task Status_line_decides_whatever_is_wrong_behind_it(string what, string rest)
    {
        foreach (var status in new[] { 200, 204, 410, 429, 503 })
        {
            await using var receiver = RoughReceiver.Start(async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.WriteAsync($"HTTP/1.1 {status} x\r\n{rest}");
            });
            var outcome = await _bench.SendAsync(receiver.Url);
            Assert.True(outcome is { Kind: AttemptEnd.Response, Status: { } seen } && seen == status, $"{what}: {outcome}");
            Assert.Single(receiver.Requests);
        }
    }

    [Theory]
    [InlineData(": x\r\nContent-Length: 0\r\n\r\n", 200, "delivered; the response was malformed: ")]
    [InlineData(": x\r\nContent-Length: 0\r\n\r\n", 503, "the status decides; the response was malformed: ")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n", 200, "delivered; the response was malformed: ")]
    [InlineData("Content-Length: many\r\n\r\n", 200, "delivered; the response was malformed: its Content-Length")]
    [InlineData("Content-Length: -5\r\n\r\n", 200, "delivered; the response was malformed: its Content-Length")]
    [InlineData("Content-Length: 1\r\nContent-Length: 2\r\n\r\nxy", 200, "delivered; the response was malformed: its Content-Length")]
    [InlineData("Content-Length: 10\r\n\r\nshort", 200, "delivered; the response was malformed: ")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nab", 200, "delivered; the response was malformed: ")]
    [InlineData("Content-Length: 0\r\n\r\n", 200, null)]
    [InlineData("\r\nuntil the end", 200, null)]
    public async Task Attempt_says_what_was_malformed(string rest, int status, string? expected)
    {
        await using var receiver = Answering($"HTTP/1.1 {status} x\r\n{rest}");
        var outcome = await _bench.SendAsync(receiver.Url);
        Assert.Equal(status, outcome.Status);
        if (expected is null)
            Assert.Null(outcome.Error);
        else
            Assert.StartsWith(expected, outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(": x\r\nRetry-After: 30\r\n\r\n", 30)]
    [InlineData("retry-after:30\r\n: x\r\n\r\n", 30)]
    [InlineData("Retry-After: 2\r\nRetry-After: 30\r\nRetry-After: 3\r\n: x\r\n\r\n", 30)]
    [InlineData(": x\r\n\r\nRetry-After: 30\r\n", null)]
    public async Task Malformed_answer_is_waited_for_as_it_asks(string rest, int? seconds)
    {
        await using var receiver = RoughReceiver.Answering(_ => $"HTTP/1.1 429 x\r\n{rest}");
        var outcome = await _bench.SendAsync(receiver.Url);
        Assert.Equal(429, outcome.Status);
        Assert.Equal(seconds is { } s ? TimeSpan.FromSeconds(s) : null, outcome.RetryAfter);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK")]
    [InlineData("HTTP/1.1 200")]
    public async Task Status_line_without_an_end_decides_when_the_answer_has_ended(string line)
    {
        await using var receiver = Answering(line);
        Assert.Equal((AttemptEnd.Response, 200), await OutcomeAsync(receiver));
    }

    [Fact]
    public async Task Status_decides_whose_line_does_not_end()
    {
        await using var receiver = RoughReceiver.Answering(_ => $"HTTP/1.1 200 {new string('r', 100_000)}\r\nContent-Length: 0\r\n\r\n");
        Assert.Equal((AttemptEnd.Response, 200), await OutcomeAsync(receiver));
    }

    [Fact]
    public async Task Interim_answer_decides_nothing()
    {
        await using var receiver = RoughReceiver.Answering(_ => "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 x\r\nLink: y\r\n\r\nHTTP/1.1 410 x\r\n: z\r\n\r\n");
        Assert.Equal(410, (await _bench.SendAsync(receiver.Url)).Status);

        await using var interim = RoughReceiver.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 102 Processing\r\n\r\n");
        });
        Assert.Equal(AttemptEnd.NetworkError, (await _bench.SendAsync(interim.Url)).Kind);
    }

    [Theory]
    [InlineData("HTTP/1.1 200\r\n")]
    [InlineData("HTTP/1.1 200 \r\n")]
    [InlineData("HTTP/1.0 200 OK\n")]
    public async Task Each_form_of_a_status_line_decides(string line)
    {
        await using var receiver = RoughReceiver.Answering(_ => $"{line}: x\r\n\r\n");
        Assert.Equal(200, (await _bench.SendAsync(receiver.Url)).Status);
    }

    [Theory]
    [InlineData("HTTP/1.1 20\r\n: x\r\n\r\n")]
    [InlineData("HTTP/1.1 2000 OK\r\n: x\r\n\r\n")]
    [InlineData("HELLO 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 999 x\r\n: x\r\n\r\n")]
    [InlineData("x\r\nHTTP/1.1 200 OK\r\n\r\n")]
    public async Task What_is_no_status_line_is_no_answer(string answer)
    {
        await using var receiver = RoughReceiver.Answering(_ => answer);
        Assert.Equal(AttemptEnd.NetworkError, (await _bench.SendAsync(receiver.Url)).Kind);
    }

    [Fact]
    public async Task Head_that_comes_in_single_bytes_is_read()
    {
        await using var receiver = RoughReceiver.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            foreach (var c in "HTTP/1.1 429 Slow down\r\nRetry-After: 7\r\n: x\r\n\r\n")
            {
                await connection.WriteAsync($"{c}");
                await Task.Yield();
            }
        });
        var outcome = await _bench.SendAsync(receiver.Url);
        Assert.Equal((429, TimeSpan.FromSeconds(7)), (outcome.Status, outcome.RetryAfter));
    }

    [Fact]
    public async Task Connection_is_kept_after_answers_that_can_be_read()
    {
        await using var receiver = RoughReceiver.Answering(_ => "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        for (var i = 0; i < 50; i++)
            Assert.Equal((200, null), ((await _bench.SendAsync(receiver.Url)).Status, (string?)null));
        Assert.Equal(1, receiver.Connections);
    }

    public void Dispose() => _bench.Dispose();

    // And hangs up.
    private static RoughReceiver Answering(string answer) => RoughReceiver.Start(async connection =>
    {
        await connection.ReadRequestAsync();
        await connection.WriteAsync(answer);
    });

    private async Task<(AttemptEnd Kind, int? Status)> OutcomeAsync(RoughReceiver receiver)
    {
        var outcome = await _bench.SendAsync(receiver.Url);
        return (outcome.Kind, outcome.Status);
    }
}
