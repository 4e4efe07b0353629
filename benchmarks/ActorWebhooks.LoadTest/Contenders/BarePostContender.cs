using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ActorWebhooks.LoadTest.Contenders;

/// <summary>A signed POST for each event, waited for: nothing between the caller and the network.</summary>
internal sealed class BarePostContender : IContender
{
    private readonly HttpClient _http = new();
    private byte[] _key = [];
    private Uri _url = null!;

    public Task StartAsync(Target target)
    {
        (_url, _key) = (target.Url, Encoding.UTF8.GetBytes(target.SignatureKey));
        return Task.CompletedTask;
    }

    public async ValueTask SendAsync(string type, SignIn data)
    {
        var batch = new HandBatch([HandEvent.Create(type, data)]);
        var body = JsonSerializer.SerializeToUtf8Bytes(batch, HandJson.Default.HandBatch);
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Signature", Convert.ToBase64String(HMACSHA256.HashData(_key, body)));
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
