using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ActorWebhooks.LoadTest.Contenders.Wolverine;

/// <summary>Signs a batch and posts it.</summary>
public sealed class BatchPoster : IDisposable
{
    private readonly HttpClient _http = new();
    private readonly Uri _url;
    private readonly byte[] _key;

    internal BatchPoster(Target target) => (_url, _key) = (target.Url, Encoding.UTF8.GetBytes(target.SignatureKey));

    public void Dispose() => _http.Dispose();

    internal async Task PostAsync(HandEvent[] events, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new HandBatch([.. events]), HandJson.Default.HandBatch);
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Signature", Convert.ToBase64String(HMACSHA256.HashData(_key, body)));
        using var response = await _http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
