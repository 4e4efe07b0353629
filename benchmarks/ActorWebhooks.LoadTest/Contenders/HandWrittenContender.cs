using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace ActorWebhooks.LoadTest.Contenders;

/// <summary>
/// What a .NET developer writes by hand: a channel, a loop that gathers a batch, JsonSerializer, HMAC, HttpClient. A batch goes when it is
/// full, or when its first event has waited for the throttle.
/// </summary>
/// <param name="isSourceGenerated">Whether the JSON metadata is source-generated, which is its best form, or found by reflection.</param>
internal sealed class HandWrittenContender(bool isSourceGenerated) : IContender
{
    private static readonly JsonSerializerOptions Reflection = new(JsonSerializerDefaults.Web);

    private readonly Channel<HandEvent> _channel =
        Channel.CreateUnbounded<HandEvent>(new UnboundedChannelOptions { SingleReader = true });

    private readonly HttpClient _http = new();
    private readonly List<HandEvent> _batch = [];
    private byte[] _key = [];
    private Target _target = null!;
    private Task _loop = Task.CompletedTask;

    public Task StartAsync(Target target)
    {
        _target = target;
        _key = Encoding.UTF8.GetBytes(target.SignatureKey);
        _loop = Task.Run(RunAsync);
        return Task.CompletedTask;
    }

    public ValueTask SendAsync(string type, SignIn data) => _channel.Writer.WriteAsync(HandEvent.Create(type, data));

    public async ValueTask DisposeAsync()
    {
        _channel.Writer.Complete();
        await _loop;
        _http.Dispose();
    }

    private async Task RunAsync()
    {
        while (await _channel.Reader.WaitToReadAsync())
        {
            await GatherAsync();
            await PostAsync();
            _batch.Clear();
        }
    }

    private async Task GatherAsync()
    {
        using var window = new CancellationTokenSource(_target.Throttle);
        try
        {
            while (_batch.Count < _target.BatchEvents)
            {
                if (_channel.Reader.TryRead(out var e))
                    _batch.Add(e);
                else if (!await _channel.Reader.WaitToReadAsync(window.Token))
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            // The window is over.
        }
    }

    private async Task PostAsync()
    {
        var body = isSourceGenerated
            ? JsonSerializer.SerializeToUtf8Bytes(new HandBatch(_batch), HandJson.Default.HandBatch)
            : JsonSerializer.SerializeToUtf8Bytes(new HandBatch(_batch), Reflection);
        using var request = new HttpRequestMessage(HttpMethod.Post, _target.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Signature", Convert.ToBase64String(HMACSHA256.HashData(_key, body)));
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }
}
