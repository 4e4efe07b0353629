using System.CommandLine;
using ActorWebhooks.Configuration;
using ActorWebhooks.Events;
using ActorWebhooks.Matching;
using ActorWebhooks.Server.Text;

namespace ActorWebhooks.Server.Commands;

/// <summary><c>match FILE TYPE…</c></summary>
internal static class MatchCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var file = new Argument<string>("FILE") { Description = "The TOML file with the [webhook.\"id\"] sections." };
        var types = new Argument<string[]>("TYPE") { Description = "Event types, such as auth.success.", Arity = ArgumentArity.OneOrMore };
        types.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !EventType.IsValid(token.Value)))
                result.AddError($"'{Printable.Shorten(token.Value)}' is not an event type: {EventType.Rule}.");
        });
        var command = new Command("match", "Shows which webhooks an event type reaches, and by which pattern.\n"
            + "Example: match webhooks.toml auth.success store.ingest")
        {
            file,
            types,
        };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(file), parsed.GetRequiredValue(types), surroundings));
        return command;
    }

    private static int Run(string file, string[] types, Surroundings surroundings)
    {
        var webhooks = ConfigFiles.Load(file);
        var rows = new List<string[]> { (string[])["TYPE", "WEBHOOK", "REACHED", "PATTERN", ""] };
        foreach (var type in types)
        {
            var before = rows.Count;
            foreach (var webhook in webhooks)
            {
                if (Row(type, webhook) is { } row)
                    rows.Add(row);
            }

            if (rows.Count == before)
                rows.Add([type, "-", "no", "-", "no webhook listens"]);
        }

        TextTable.Write(rows, surroundings.Out);
        return ExitCode.Ok;
    }

    private static string[]? Row(string type, WebhookDefinition webhook)
    {
        var covering = webhook.Events.Where(p => p.Covers(type)).ToArray();
        var includes = string.Join(", ", covering.Where(p => !p.IsExclude).Select(p => p.Text));
        if (includes.Length == 0)
            return null;
        var exclude = Array.Find(covering, p => p.IsExclude);
        var isReached = exclude is null && webhook.Enable;
        var note = string.Join(", ", Notes(exclude, webhook));
        return [type, webhook.Id, isReached ? "yes" : "no", includes, note];
    }

    private static IEnumerable<string> Notes(Pattern? exclude, WebhookDefinition webhook)
    {
        if (exclude is not null)
            yield return $"kept away by {exclude.Text}";
        if (!webhook.Enable)
            yield return "disabled";
    }
}
