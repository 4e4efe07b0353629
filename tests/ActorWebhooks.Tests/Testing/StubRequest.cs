using System.Collections.Immutable;
using System.Net;
using System.Text.Json;

namespace ActorWebhooks.Tests.Testing;

/// <summary>A request that waits for its answer.</summary>
internal sealed class StubRequest
{
    private readonly TaskCompletionSource<HttpResponseMessage> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StubRequest(HttpRequestMessage request, byte[] body, CancellationToken cancellation)
    {
        Body = body;
        Cancellation = cancellation;
        Headers = request.Headers
            .Concat(request.Content!.Headers)
            .ToImmutableDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
        EventIds = EventIdsOf(body);
    }

    public byte[] Body { get; }

    public ImmutableDictionary<string, string> Headers { get; }

    public IReadOnlyList<string> EventIds { get; }

    public CancellationToken Cancellation { get; }

    public Task<HttpResponseMessage> Answer => _answer.Task;

    public static IReadOnlyList<string> EventIdsOf(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        return [.. document.RootElement.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("id").GetString()!)];
    }

    public void Respond(HttpStatusCode status) => Respond(new HttpResponseMessage(status));

    public void Respond(HttpResponseMessage response) => _answer.SetResult(response);

    public void Fail(Exception exception) => _answer.SetException(exception);
}
