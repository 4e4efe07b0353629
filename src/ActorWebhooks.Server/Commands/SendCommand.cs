using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ActorWebhooks.Events;

namespace ActorWebhooks.Server.Commands;

/// <summary><c>send</c>: one event for a running node.</summary>
internal static class SendCommand
{
    private static readonly Option<string> Url = new("--url")
    {
        Description = "The node.",
        DefaultValueFactory = _ => "http://127.0.0.1:8080",
    };

    private static readonly Option<string?> ApiKey = new("--api-key") { Description = "The API key of the node.", HelpName = "KEY" };

    private static readonly Argument<string> Type = new("TYPE") { Description = "The event type, such as auth.success." };

    private static readonly Argument<string> Json = new("JSON")
    {
        Description = "The data, a JSON object; - reads it from standard input.",
        DefaultValueFactory = _ => "{}",
    };

    public static Command Create(TextReader input, TextWriter output, TextWriter error)
    {
        var send = new Command("send", """Send an event to a running node. Example: send auth.success '{"accountName":"jdoe"}'""")
        {
            Url, ApiKey, Type, Json,
        };
        send.SetAction(async (parsed, cancellationToken) =>
        {
            var json = parsed.GetRequiredValue(Json);
            if (json == "-")
                json = await input.ReadToEndAsync(cancellationToken);
            return await RunAsync(
                parsed.GetRequiredValue(Url), parsed.GetValue(ApiKey), parsed.GetRequiredValue(Type), json, output, error, cancellationToken);
        });
        return send;
    }

    private static async Task<int> RunAsync(
        string node, string? apiKey, string type, string json, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (!EventType.IsValid(type))
        {
            await error.WriteLineAsync($"'{type}' is not an event type: {EventType.Rule}.");
            return Cli.Misuse;
        }

        if (!Uri.TryCreate(node, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            await error.WriteLineAsync($"'{node}' is not the URL of a node; accepted is http://ADDRESS:PORT.");
            return Cli.Misuse;
        }

        // The data goes as it is: it is the node that judges it.
        using var content = new StringContent(
            $"{{\"type\":\"{type}\",\"data\":{json}}}", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var http = new HttpClient();
        if (apiKey is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        try
        {
            using var response = await http.PostAsync(new Uri(url, "/api/events"), content, cancellationToken);
            var answer = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.StatusCode == HttpStatusCode.Accepted)
            {
                await output.WriteLineAsync(answer);
                return Cli.Success;
            }

            await error.WriteLineAsync($"{url} answered {(int)response.StatusCode}: {DetailOf(answer)}");
        }
        catch (HttpRequestException e)
        {
            await error.WriteLineAsync($"{url} cannot be reached: {e.Message} Is a node running there? Start one with: run");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await error.WriteLineAsync($"{url} did not answer within {http.Timeout.TotalSeconds} s.");
        }

        return Cli.Failure;
    }

    private static string DetailOf(string problem)
    {
        try
        {
            using var document = JsonDocument.Parse(problem);
            return document.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() ?? problem : problem;
        }
        catch (JsonException)
        {
            return problem;
        }
    }
}
