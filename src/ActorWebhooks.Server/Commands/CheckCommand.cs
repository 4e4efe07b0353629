using System.CommandLine;
using ActorWebhooks.Configuration;

namespace ActorWebhooks.Server.Commands;

/// <summary><c>check</c>: every error of a webhook file, or that there is none.</summary>
internal static class CheckCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "The TOML file." };

    public static Command Create(TextWriter output, TextWriter error)
    {
        var check = new Command(
            "check", "Check a configuration: exit code 0, or 1 with a line file:line:column for each error. Example: check webhooks.toml")
        {
            File,
        };
        check.SetAction(parsed => Run(parsed.GetRequiredValue(File), output, error));
        return check;
    }

    private static int Run(string file, TextWriter output, TextWriter error)
    {
        var result = WebhookFile.Load(file);
        foreach (var fault in result.Errors)
            error.WriteLine(fault);
        if (!result.IsValid)
            return Cli.Failure;
        var disabled = result.Webhooks.Count(webhook => !webhook.Enable);
        output.WriteLine(
            $"{file}: {result.Webhooks.Length} {(result.Webhooks.Length == 1 ? "webhook" : "webhooks")}"
            + $"{(disabled > 0 ? $" ({disabled} disabled)" : "")}, no errors");
        return Cli.Success;
    }
}
