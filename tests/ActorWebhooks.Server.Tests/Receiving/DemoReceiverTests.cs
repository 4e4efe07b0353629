using System.Net;
using System.Security.Cryptography;
using System.Text;
using ActorWebhooks.Server.Api;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Tests.Intake;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Receiving;

public sealed class DemoReceiverTests
{
    private const string Body = """{"events":[{"id":"1","createdAt":"2023-06-21T14:55:00Z","type":"a.b","data":{"x":"\u001b"}},{"id":"2","createdAt":"2023-06-21T14:55:00Z","type":"c","data":{}}]}""";

    [Fact]
    public async Task Each_signed_event_is_shown_on_a_line()
    {
        await using var server = await RunningServer.StartAsync(publisher: new RecordingPublisher());
        var demo = server.Options.Demo!;
        using var content = new StringContent(Body);
        content.Headers.Add("X-Signature", Convert.ToBase64String(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(demo.Key), Encoding.UTF8.GetBytes(Body))));

        using var response = await PostAsync(server, content, demo.Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            [
                """demo received a.b  {"x":"\u001b"}  id 1  signature valid (X-Signature)""",
                "demo received c  {}  id 2  signature valid (X-Signature)",
            ],
            server.Screen.Lines);
    }

    [Fact]
    public async Task What_is_not_signed_is_neither_taken_nor_shown()
    {
        await using var server = await RunningServer.StartAsync(publisher: new RecordingPublisher());
        using var content = new StringContent(Body);

        using var response = await PostAsync(server, content, server.Options.Demo!.Token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("", server.Screen.Text);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Forbidden)]
    [InlineData("0123456789abcdef", HttpStatusCode.Forbidden)]
    public async Task With_an_API_key_web_pages_are_kept_out_all_the_same(string? key, HttpStatusCode status)
    {
        var options = new ServerOptions { ApiKey = key is null ? null : ApiKey.TryParse(key) };
        await using var server = await RunningServer.StartAsync(options, new RecordingPublisher());
        using var content = new StringContent(Body);
        content.Headers.TryAddWithoutValidation("Origin", "https://example.com");

        using var response = await PostAsync(server, content, server.Options.Demo!.Token);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Nothing_is_read_from_who_does_not_send_the_token_of_the_demo_webhook()
    {
        await using var server = await RunningServer.StartAsync(publisher: new RecordingPublisher());
        using var callers = new RawCallers(server.Url.Port);

        var caller = await callers.OpenAsync("POST /demo/receiver HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n\r\n"u8.ToArray());

        Assert.Equal("HTTP/1.1 401 Unauthorized", await RawCallers.AnswerAsync(caller, TimeSpan.FromSeconds(5)));
    }

    private static async Task<HttpResponseMessage> PostAsync(RunningServer server, HttpContent content, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Options.Demo!.Url) { Content = content };
        request.Headers.Authorization = new("Bearer", token);
        return await server.Client.SendAsync(request);
    }
}
