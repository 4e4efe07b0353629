using System.CommandLine;
using System.Text;
using System.Text.Json;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Text;

namespace ActorWebhooks.Server.Commands;

/// <summary><c>send TYPE [JSON]</c></summary>
internal static class SendCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var server = new ServerOption();
        var type = new Argument<string>("TYPE") { Description = "The event type, such as auth.success." };
        var json = new Argument<string>("JSON")
        {
            Description = "The data, one JSON object; - reads it from standard input.",
            DefaultValueFactory = _ => "{}",
        };
        var command = new Command("send", "Posts one event to a server and prints the answer.\n"
            + "Example: send auth.success '{\"accountName\":\"jdoe@example.org\"}'");
        server.AddTo(command);
        command.Arguments.Add(type);
        command.Arguments.Add(json);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            server.Read(parsed, surroundings), parsed.GetRequiredValue(type), parsed.GetRequiredValue(json), surroundings, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ServerClient server, string type, string json, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var data = json == "-" ? await surroundings.In.ReadToEndAsync(cancellationToken) : json;
        if (!ServerClient.IsJson(data, out var fault))
            throw new RefusedException($"The data is not JSON: {fault}");

        using var content = new StringContent($"{{\"type\":{JsonSerializer.Serialize(type)},\"data\":{data}}}", Encoding.UTF8, "application/json");
        var answer = await server.PostAsync("/api/events", content, cancellationToken);
        await surroundings.Out.WriteLineAsync(Printable.Clean(answer));
        return ExitCode.Ok;
    }
}
