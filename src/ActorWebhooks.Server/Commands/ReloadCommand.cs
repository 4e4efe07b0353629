using System.CommandLine;
using System.Text.Json;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Text;

namespace ActorWebhooks.Server.Commands;

/// <summary><c>reload</c></summary>
internal static class ReloadCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var server = new ServerOption();
        var command = new Command("reload", "Has a server read its webhook file again, and prints what changed, or every error of the file.\n"
            + "Example: reload --url http://127.0.0.1:8080");
        server.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(server.Read(parsed, surroundings), surroundings, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ServerClient server, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var answer = await server.PostAsync("/api/reload", content: null, cancellationToken);
        if (!ServerClient.IsJson(answer, out _))
            throw new RefusedException("The answer is not that of a server of webhooks.");
        using var reloaded = JsonDocument.Parse(answer);
        foreach (var warning in Texts(reloaded, "warnings"))
            await surroundings.Error.WriteLineAsync(warning);
        var hasChanged = false;
        foreach (var what in (string[])["added", "removed", "changed"])
        {
            foreach (var id in Texts(reloaded, what))
            {
                await surroundings.Out.WriteLineAsync($"{what} {id}");
                hasChanged = true;
            }
        }

        if (!hasChanged)
            await surroundings.Out.WriteLineAsync("Nothing has changed.");
        return ExitCode.Ok;
    }

    private static IEnumerable<string> Texts(JsonDocument answer, string name) =>
        answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty(name, out var texts) && texts.ValueKind == JsonValueKind.Array
            ? texts.EnumerateArray().Select(text => Printable.Clean(text.ToString()))
            : [];
}
