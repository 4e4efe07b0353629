using ActorWebhooks.Tests.Testing;
using ActorWebhooks.Text;

namespace ActorWebhooks.Tests.EndToEnd;

/// <summary>Endpoints that answer so that what is kept and shown of it does harm.</summary>
public sealed class HostileAnswerTests
{
    private const string Esc = "\u001b]0;owned\u0007\u001b[2J";

    public static TheoryData<string> Answers => [
        $"HTTP/1.1 503 No\r\n{new string('x', 50_000)} y: z\r\n\r\n",
        $"HTTP/1.1 503 No\r\nX{Esc}: z\r\nContent-Length: 0\r\n\r\n",
        $"HTTP/1.1 {Esc}{new string('9', 5_000)}\r\n\r\n",
        $"{Esc}{new string('\u202e', 3_000)}\r\n\r\n",
        $"HTTP/1.1 503 No\r\nContent-Length: 20000\r\n\r\n{string.Concat(Enumerable.Repeat(Esc + "\u0085\r\n", 2_000))[..20_000]}",
        $"HTTP/1.1 503 No\r\nTransfer-Encoding: chunked\r\n\r\n{Esc}\r\n",
    ];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Whatever_an_endpoint_answers_little_of_it_is_kept_and_nothing_that_steers_a_terminal(string answer)
    {
        await using var receiver = RoughReceiver.Answering(_ => answer);
        await using var host = await StartAsync(receiver.Url);
        await host.Publisher.PublishAsync(Some.Event("1"));
        await Eventually.True(async () => (await host.AttemptsAsync()).Length >= 3);

        Assert.All(await host.AttemptsAsync(), attempt =>
        {
            foreach (var text in new[] { attempt.Outcome.Error ?? "", attempt.Outcome.Response })
            {
                Assert.InRange(text.Length, 0, OutsideText.MaxLength + 1);
                Assert.DoesNotContain(text, c => char.IsControl(c) || c == '\u202e');
            }
        });
    }

    [Fact]
    public async Task Endpoint_that_sends_back_what_it_was_sent_has_no_secret_of_the_webhook_shown()
    {
        await using var receiver = RoughReceiver.Answering(request =>
        {
            var echo = string.Join('\n', request.Headers.Select(header => $"{header.Key}: {header.Value}").Prepend(request.Path));
            return $"HTTP/1.1 503 No\r\nContent-Length: {echo.Length}\r\n\r\n{echo}";
        });
        await using var host = await StartAsync(receiver.Url);
        await host.Publisher.PublishAsync(Some.Event("1"));
        await Eventually.True(async () => (await host.AttemptsAsync()).Length >= 1);

        var response = (await host.AttemptsAsync())[0].Outcome.Response;
        Assert.Contains("X-Custom: ***", response, StringComparison.Ordinal);
        foreach (var secret in new[] { "header-secret-1", "user-secret-2", "c2VjcmV0LXVzZXI6dXNlci1zZWNyZXQtMg==", "path-secret-token-3", "query-secret-token-4" })
            Assert.DoesNotContain(secret, response, StringComparison.Ordinal);
    }

    private static Task<WebhookHost> StartAsync(Uri url) => WebhookHost.StartAsync($"""
        [webhook."audit"]
        url = "{url}path-secret-token-3?key=query-secret-token-4"
        events = "*"
        throttle = 0
        timeout = "1s"
        retry.initial = "1ms"
        retry.max = "5ms"
        signature-key = "sign-secret-5"
        headers = [ "X-Custom: header-secret-1" ]

        [webhook."audit".auth]
        username = "secret-user"
        secret = "user-secret-2"
        """);
}
