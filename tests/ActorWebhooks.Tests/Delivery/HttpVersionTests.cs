using System.Security.Cryptography.X509Certificates;
using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ActorWebhooks.Tests.Delivery;

/// <summary>In which version of HTTP an endpoint is asked, and what an attempt says when it speaks another.</summary>
public sealed class HttpVersionTests : IDisposable
{
    private const string Http11 = "HTTP/1.1";
    private const string Http2 = "HTTP/2";

    private readonly AnswerBench _bench = new();
    private readonly X509Certificate2 _certificate = Certificates.SelfSigned();

    public void Dispose()
    {
        _bench.Dispose();
        _certificate.Dispose();
    }

    [Theory]
    [InlineData("auto", true, HttpProtocols.Http1AndHttp2, Http2)]
    [InlineData("auto", true, HttpProtocols.Http1, Http11)]
    [InlineData("auto", true, HttpProtocols.Http2, Http2)]
    [InlineData("auto", false, HttpProtocols.Http1, Http11)]
    [InlineData("1.1", true, HttpProtocols.Http1AndHttp2, Http11)]
    [InlineData("1.1", true, HttpProtocols.Http1, Http11)]
    [InlineData("1.1", false, HttpProtocols.Http1, Http11)]
    [InlineData("2", true, HttpProtocols.Http1AndHttp2, Http2)]
    [InlineData("2", true, HttpProtocols.Http2, Http2)]
    [InlineData("2", false, HttpProtocols.Http2, Http2)]
    public async Task Endpoint_is_asked_in_the_version_that_both_want(string version, bool isTls, HttpProtocols spoken, string expected)
    {
        await using var receiver = await StartAsync(isTls, spoken);
        for (var i = 0; i < 3; i++)
        {
            var outcome = await SendAsync(receiver, version);
            Assert.True(outcome.Status == 200, $"{outcome}");
        }

        Assert.Equal(expected, Assert.Single(receiver.Protocols));
        Assert.Equal(3, receiver.Requests.Count);
        Assert.Equal(1, receiver.Connections);
    }

    [Theory]
    [InlineData("2", true, HttpProtocols.Http1, ErrorWords.NoHttp2)]
    [InlineData("1.1", true, HttpProtocols.Http2, "the endpoint closed the connection without an answer (it may want a client certificate, or speak HTTP/2 only)")]
    public async Task Attempt_says_that_the_endpoint_speaks_another(string version, bool isTls, HttpProtocols spoken, string words)
    {
        await using var receiver = await StartAsync(isTls, spoken);
        for (var i = 0; i < 3; i++)
        {
            var outcome = await SendAsync(receiver, version);
            Assert.StartsWith(words, outcome.Error, StringComparison.Ordinal);
            Assert.Contains(outcome.Kind, new[] { AttemptEnd.NetworkError, AttemptEnd.TlsError });
        }

        Assert.Empty(receiver.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Endpoint_without_a_choice_of_protocols_speaks_no_http2(bool answers)
    {
        await using var receiver = RoughReceiver.Start(
            async connection =>
            {
                if (answers)
                    await connection.AnswerAllAsync(_ => Answers.Ok);
            },
            _certificate);
        var outcome = await _bench.SendAsync(receiver.Url, HttpVersionChoice.Http2);
        Assert.StartsWith(ErrorWords.NoHttp2, outcome.Error, StringComparison.Ordinal);

        if (answers)
            Assert.Equal(200, (await _bench.SendAsync(receiver.Url, HttpVersionChoice.Auto)).Status);
    }

    // It says so in HTTP/2 and hangs up, which may come first.
    [Fact]
    public async Task Without_tls_an_attempt_says_at_least_that_the_endpoint_may_not_speak_http2()
    {
        await using var receiver = await StartAsync(isTls: false, HttpProtocols.Http1);
        for (var i = 0; i < 10; i++)
        {
            var outcome = await SendAsync(receiver, "2");
            Assert.Equal(AttemptEnd.NetworkError, outcome.Kind);
            Assert.Contains("not speak HTTP/2", outcome.Error, StringComparison.Ordinal);
        }
    }

    // It says so itself, in HTTP/1.1.
    [Theory]
    [InlineData("1.1")]
    [InlineData("auto")]
    public async Task Without_tls_http2_is_not_tried_by_itself(string version)
    {
        await using var receiver = await StartAsync(isTls: false, HttpProtocols.Http2);
        var outcome = await SendAsync(receiver, version);
        Assert.Equal(400, outcome.Status);
        Assert.Contains("HTTP/2 only", outcome.Response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoint_that_hangs_up_may_not_speak_http2()
    {
        await using var receiver = RoughReceiver.Start(connection => connection.ReadHeadAsync());
        var outcome = await _bench.SendAsync(receiver.Url, HttpVersionChoice.Http2);
        Assert.Contains("(it may not speak HTTP/2, which http-version wants)", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_in_http2_carries_what_one_in_http11_does()
    {
        var webhook = Some.Webhook with
        {
            AllowInvalidCerts = true,
            SignatureKeys = [SignatureKey.FromText("key")],
            SignatureScheme = SignatureScheme.Both,
            Authorization = Authorization.Bearer("token"),
            Headers = [new CustomHeader("X-My-Header", "my value")],
        };
        var requests = new List<ReceivedRequest>();
        foreach (var version in new[] { HttpVersionChoice.Http11, HttpVersionChoice.Http2 })
        {
            await using var receiver = await StartAsync(isTls: true, HttpProtocols.Http1AndHttp2);
            Assert.Equal(200, (await _bench.SendAsync(webhook with { Url = receiver.Url, HttpVersion = version }, 300_000)).Status);
            var request = Assert.Single(receiver.Requests);
            Assert.Equal(receiver.Url.Authority, request.Headers["Host"]);
            requests.Add(request);
        }

        Assert.Equal(requests[0].Body, requests[1].Body);
        Assert.Equal(requests[0].Headers["X-Signature"], requests[1].Headers["X-Signature"]);
        Assert.Equal("my value", requests[1].Headers["X-My-Header"]);
        Assert.Equal(
            requests[0].Headers.Keys.Order(StringComparer.OrdinalIgnoreCase),
            requests[1].Headers.Keys.Order(StringComparer.OrdinalIgnoreCase),
            StringComparer.OrdinalIgnoreCase);
    }

    private Task<Receiver> StartAsync(bool isTls, HttpProtocols spoken) =>
        Receiver.StartAsync(certificate: isTls ? _certificate : null, protocols: spoken);

    private Task<AttemptOutcome> SendAsync(Receiver receiver, string version)
    {
        Assert.True(ActorWebhooks.Configuration.Values.HttpVersionText.TryParse(version, out var choice));
        return _bench.SendAsync(receiver.Url, choice);
    }
}
