using System.Text.Json;
using ActorWebhooks.Events;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Text;

namespace ActorWebhooks.Server.Commands;

/// <summary>The API of a running server, for verbs that ask it for something.</summary>
internal sealed class ServerClient(Uri server, string? apiKey)
{
    private const int MaxAnswerBytes = 1024 * 1024;
    private const int MaxShown = 500;

    // Longer than the server itself waits for its webhooks.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <returns>What the server answered when it did what was asked for.</returns>
    /// <exception cref="RefusedException">It did not, or could not be reached.</exception>
    public Task<string> PostAsync(string path, HttpContent? content, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, content, cancellationToken);

    /// <inheritdoc cref="PostAsync"/>
    public Task<string> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, content: null, cancellationToken);

    public static bool IsJson(string text, out string fault)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            fault = "";
            return true;
        }
        catch (JsonException e)
        {
            fault = $"{JsonFault.Describe(e)}.";
            return false;
        }
    }

    private async Task<string> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = !server.IsLoopback };
        using var client = new HttpClient(handler) { Timeout = Patience, MaxResponseContentBufferSize = MaxAnswerBytes };
        using var request = new HttpRequestMessage(method, new Uri(server, path)) { Content = content };
        if (apiKey is not null && !request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {apiKey}"))
            throw new RefusedException("The API key has characters that do not fit into a header.");

        var address = server.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            var answer = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.IsSuccessStatusCode
                ? answer
                : throw new RefusedException([
                    $"Refused with {(int)response.StatusCode}: {Detail(answer, response.Content.Headers.ContentType?.MediaType, out var errors)}", .. errors]);
        }
        catch (HttpRequestException e)
        {
            throw new RefusedException($"{address} is not reachable: {e.Message}. Start it with the verb run, or give --url.");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RefusedException($"{address} did not answer within {Patience.TotalSeconds} seconds.");
        }
    }

    private static string Detail(string answer, string? mediaType, out IReadOnlyList<string> errors)
    {
        errors = [];
        if (mediaType == "application/problem+json" && IsJson(answer, out _))
        {
            using var problem = JsonDocument.Parse(answer);
            if (problem.RootElement.TryGetProperty("errors", out var listed) && listed.ValueKind == JsonValueKind.Array)
                errors = [.. listed.EnumerateArray().Select(error => Printable.Clean(error.ToString()))];
            foreach (var member in (string[])["detail", "title"])
            {
                if (problem.RootElement.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String)
                    return Printable.Clean(text.GetString()!);
            }
        }

        return Printable.Clean(answer.Length <= MaxShown ? answer : answer[..MaxShown]);
    }
}
