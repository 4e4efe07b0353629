using System.CommandLine;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Text;

namespace ActorWebhooks.Server.Commands;

/// <summary><c>send TYPE [JSON]</c></summary>
internal static class SendCommand
{
    private const int MaxAnswerBytes = 1024 * 1024;

    // Longer than the server itself waits for its webhooks.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    public static Command Create(Surroundings surroundings)
    {
        var url = new Option<string>("--url")
        {
            Description = "The server.",
            DefaultValueFactory = _ => RunCommand.DefaultUrl,
            HelpName = "URL",
        };
        url.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && ServerOf(text) is null)
                result.AddError($"'{ListenAddress.Shown(text)}' is not the URL of a server, such as {RunCommand.DefaultUrl}.");
        });
        var apiKey = new Option<string?>("--api-key")
        {
            Description = $"Its API key; default: the variable {RunCommand.ApiKeyVariable}.",
            HelpName = "KEY",
        };
        var type = new Argument<string>("TYPE") { Description = "The event type, such as auth.success." };
        var json = new Argument<string>("JSON")
        {
            Description = "The data, one JSON object; - reads it from standard input.",
            DefaultValueFactory = _ => "{}",
        };
        var command = new Command("send", "Posts one event to a server and prints the answer.\n"
            + "Example: send auth.success '{\"accountName\":\"jdoe@example.org\"}'")
        {
            url,
            apiKey,
            type,
            json,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            ServerOf(parsed.GetRequiredValue(url))!,
            parsed.GetValue(apiKey) ?? surroundings.Variable(RunCommand.ApiKeyVariable),
            parsed.GetRequiredValue(type),
            parsed.GetRequiredValue(json),
            surroundings,
            cancellationToken));
        return command;
    }

    private static Uri? ServerOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var server) && server.Scheme is "http" or "https" ? server : null;

    private static async Task<int> RunAsync(
        Uri server, string? apiKey, string type, string json, Surroundings surroundings, CancellationToken cancellationToken)
    {
        if (apiKey is "")
            throw new RefusedException($"The API key is empty. Give the key of the server, or leave --api-key and the variable {RunCommand.ApiKeyVariable} out.");

        var data = json == "-" ? await surroundings.In.ReadToEndAsync(cancellationToken) : json;
        if (!IsJson(data, out var fault))
            throw new RefusedException($"The data is not JSON: {fault}");

        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = !server.IsLoopback };
        using var client = new HttpClient(handler) { Timeout = Patience, MaxResponseContentBufferSize = MaxAnswerBytes };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, "/api/events"))
        {
            Content = new StringContent(
                $"{{\"type\":{JsonSerializer.Serialize(type)},\"data\":{data}}}", Encoding.UTF8, "application/json"),
        };
        if (apiKey is not null && !request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {apiKey}"))
            throw new RefusedException("The API key has characters that do not fit into a header.");

        var address = server.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            var answer = await response.Content.ReadAsStringAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw new RefusedException($"Refused with {(int)response.StatusCode}: {Detail(answer, response.Content.Headers.ContentType)}");
            await surroundings.Out.WriteLineAsync(Printable.Clean(answer));
            return ExitCode.Ok;
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

    private static bool IsJson(string text, out string fault)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            fault = "";
            return true;
        }
        catch (JsonException e)
        {
            fault = e.Message;
            return false;
        }
    }

    private static string Detail(string answer, MediaTypeHeaderValue? type)
    {
        if (type?.MediaType == "application/problem+json" && IsJson(answer, out _))
        {
            using var problem = JsonDocument.Parse(answer);
            foreach (var member in (string[])["detail", "title"])
            {
                if (problem.RootElement.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String)
                    return Printable.Clean(text.GetString()!);
            }
        }

        return Printable.Clean(answer.Length <= 500 ? answer : answer[..500]);
    }
}
