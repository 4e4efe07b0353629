using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ActorWebhooks.LoadTest.Contenders;

/// <summary>
/// The limit of the way there: one body is made ready at the start, and posted again and again over one connection, each time freshly
/// signed. Events cost nothing here.
/// </summary>
internal sealed class RawContender : IContender
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 1 });
    private byte[] _body = [];
    private byte[] _key = [];
    private Target _target = null!;

    public int EventsPerSend => _target.BatchEvents;

    public Task StartAsync(Target target)
    {
        (_target, _key) = (target, Encoding.UTF8.GetBytes(target.SignatureKey));
        return Task.CompletedTask;
    }

    public ValueTask SendAsync(string type, SignIn data)
    {
        if (_body.Length == 0)
            _body = BodyOf(type, data, _target.BatchEvents);
        return new ValueTask(PostAsync());
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static byte[] BodyOf(string type, SignIn data, int events)
    {
        var batch = new List<HandEvent>(events);
        for (var i = 0; i < events; i++)
            batch.Add(HandEvent.Create(type, data));
        return JsonSerializer.SerializeToUtf8Bytes(new HandBatch(batch), HandJson.Default.HandBatch);
    }

    private async Task PostAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _target.Url) { Content = new ByteArrayContent(_body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Signature", Convert.ToBase64String(HMACSHA256.HashData(_key, _body)));
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }
}
