using System.Net;
using System.Security.Cryptography;
using System.Text;
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

        using var response = await server.Client.PostAsync(demo.Url, content);

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

        using var response = await server.Client.PostAsync(server.Options.Demo!.Url, content);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("", server.Screen.Text);
    }
}
