using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Text;
using EventId = ActorWebhooks.Events.EventId;

namespace ActorWebhooks.Server.Commands;

/// <summary><c>why EVENT-ID</c></summary>
internal static class WhyCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var id = new Argument<string>("EVENT-ID") { Description = "The id of the event, as its receipt or its receiver has it." };
        id.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !EventId.IsValid(token.Value)))
                result.AddError($"'{Printable.Shorten(token.Value)}' is not an event id: {EventId.Rule}.");
        });
        var type = new Option<string?>("--type") { Description = "The type of the event, if nothing is known of it any more: tells which patterns match.", HelpName = "TYPE" };
        var webhook = new Option<string?>("--webhook") { Description = "Asks this webhook alone.", HelpName = "ID" };
        var server = new ServerOption();
        var command = new Command("why", "Says what became of an event at each webhook of a running server.\n"
            + "Example: why 019f2b7c-8f5e-7b0e-b2a5-3f1d8c9e0a11 --url http://127.0.0.1:8080")
        {
            id,
            type,
            webhook,
        };
        server.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            server.Read(parsed, surroundings), PathOf(parsed.GetRequiredValue(id), parsed.GetValue(type), parsed.GetValue(webhook)), surroundings, cancellationToken));
        return command;
    }

    private static string PathOf(string id, string? type, string? webhook) =>
        $"/api/why?event={Uri.EscapeDataString(id)}"
        + (type is null ? "" : $"&type={Uri.EscapeDataString(type)}")
        + (webhook is null ? "" : $"&webhook={Uri.EscapeDataString(webhook)}");

    private static async Task<int> RunAsync(ServerClient server, string path, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var answer = await server.GetAsync(path, cancellationToken);
        if (!ServerClient.IsJson(answer, out _))
            throw new RefusedException("The answer is not that of a server of webhooks.");
        using var why = JsonDocument.Parse(answer);
        if (why.RootElement.ValueKind != JsonValueKind.Object || !why.RootElement.TryGetProperty("webhooks", out var webhooks) || webhooks.ValueKind != JsonValueKind.Array)
            throw new RefusedException("The answer is not that of a server of webhooks.");
        var type = Text(why.RootElement, "type");
        await surroundings.Out.WriteLineAsync($"event {Text(why.RootElement, "event")}{(type.Length == 0 ? "" : $", {type}")}");
        foreach (var webhook in webhooks.EnumerateArray())
            Write(webhook, surroundings.Out);
        return ExitCode.Ok;
    }

    private static void Write(JsonElement webhook, TextWriter output)
    {
        output.WriteLine($"{Text(webhook, "webhook")}: {Text(webhook, "fate")}. {Text(webhook, "text")}");
        var patterns = string.Join(", ", Items(webhook, "patterns").Select(pattern => Printable.Clean(pattern.ToString())));
        if (patterns.Length > 0)
            output.WriteLine($"  matched by {patterns}");
        if (Text(webhook, "excludedBy") is { Length: > 0 } exclude)
            output.WriteLine($"  kept away by {exclude}");
        if (Text(webhook, "moreAttempts") is not ("" or "0") and var more)
            output.WriteLine($"  {more} earlier attempts");
        TextTable.Write([.. Items(webhook, "attempts").Select(Row)], output, indent: "  ");
        foreach (var gap in Items(webhook, "notKnown"))
            output.WriteLine($"  {Printable.Clean(gap.ToString())}");
    }

    private static string[] Row(JsonElement attempt) =>
    [
        Text(attempt, "at"),
        Text(attempt, "outcome"),
        Text(attempt, "status") is { Length: > 0 } status ? status : "-",
        $"{Text(attempt, "events")} events",
        $"{Text(attempt, "latency")} s",
        $"batch {Text(attempt, "batchId")}",
        Text(attempt, "error"),
    ];

    private static JsonElement.ArrayEnumerator Items(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : default;

    private static string Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var text) && text.ValueKind is not JsonValueKind.Null
            ? Printable.Clean(string.Create(CultureInfo.InvariantCulture, $"{text}"))
            : "";
}
