using System.CommandLine;
using ActorWebhooks.Configuration;
using ActorWebhooks.Events;
using ActorWebhooks.Matching;

namespace ActorWebhooks.Server.Commands;

/// <summary><c>match</c>: which webhooks event types reach, and by which pattern.</summary>
internal static class MatchCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "The TOML file." };

    private static readonly Argument<string[]> Types = new("TYPE")
    {
        Description = "Event types, such as auth.success.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create(TextWriter output, TextWriter error)
    {
        var match = new Command(
            "match", "Show which webhooks event types reach, and by which pattern. Example: match webhooks.toml auth.success store.ingest")
        {
            File, Types,
        };
        match.SetAction(parsed => Run(parsed.GetRequiredValue(File), parsed.GetRequiredValue(Types), output, error));
        return match;
    }

    private static int Run(string file, string[] types, TextWriter output, TextWriter error)
    {
        var malformed = types.Where(type => !EventType.IsValid(type)).ToArray();
        foreach (var type in malformed)
            error.WriteLine($"'{type}' is not an event type: {EventType.Rule}.");
        if (malformed.Length > 0)
            return Cli.Misuse;

        var result = WebhookFile.Load(file);
        foreach (var fault in result.Errors)
            error.WriteLine(fault);
        if (!result.IsValid)
            return Cli.Failure;
        foreach (var type in types)
            Write(type, result.Webhooks, output);
        return Cli.Success;
    }

    private static void Write(string type, IEnumerable<WebhookDefinition> webhooks, TextWriter output)
    {
        output.WriteLine(type);
        var heard = webhooks
            .Select(webhook => (Webhook: webhook, Patterns: webhook.Events.Where(pattern => pattern.Covers(type)).ToArray()))
            .Where(webhook => webhook.Patterns.Length > 0)
            .ToArray();
        if (heard.Length == 0)
            output.WriteLine("  no webhook");
        var width = heard.Select(webhook => webhook.Webhook.Id.Length).DefaultIfEmpty().Max();
        foreach (var (webhook, patterns) in heard)
            output.WriteLine($"  {webhook.Id.PadRight(width)}  {Explain(webhook, patterns)}");
    }

    private static string Explain(WebhookDefinition webhook, Pattern[] patterns)
    {
        var exclude = Array.Find(patterns, pattern => pattern.IsExclude);
        if (exclude is not null)
            return $"no, kept away by {exclude}";
        var by = $"by {string.Join(", ", patterns.AsEnumerable())}";
        return webhook.Enable ? by : $"no, disabled (would be {by})";
    }
}
