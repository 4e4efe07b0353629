using System.CommandLine;
using ActorWebhooks.Configuration;
using ActorWebhooks.Server.Hosting;

namespace ActorWebhooks.Server.Commands;

/// <summary><c>check FILE</c></summary>
internal static class CheckCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var file = new Argument<string>("FILE") { Description = "The TOML file with the [webhook.\"id\"] sections." };
        var allowEmpty = AllowEmptyOption.Create();
        var strict = new Option<bool>("--strict")
        {
            Description = "Exit code 1 when there are warnings, too.",
        };
        var command = new Command("check", "Checks a webhook file: all its errors as file:line:column on standard error, and exit code 1; and warnings, "
            + "where something else may have been meant.\n"
            + "Example: check webhooks.toml")
        {
            file,
            allowEmpty,
            strict,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(file), parsed.GetValue(allowEmpty), parsed.GetValue(strict), surroundings));
        return command;
    }

    private static int Run(string file, bool allowEmpty, bool strict, Surroundings surroundings)
    {
        var result = WebhookFile.Load(file, allowEmpty);
        var warnings = result.Warnings;
        if (!result.IsValid)
            throw new RefusedException([.. result.Errors.Select(error => error.ToString()), .. warnings.Select(warning => warning.ToString())]);

        foreach (var warning in warnings)
            surroundings.Error.WriteLine(warning.ToString());
        var disabled = result.Webhooks.Count(webhook => !webhook.Enable);
        surroundings.Out.WriteLine(
            $"{file}: {Count(result.Webhooks.Length, "webhook")}{(disabled > 0 ? $" ({disabled} disabled)" : "")}, no errors"
            + $"{(warnings.IsEmpty ? "" : $", {Count(warnings.Length, "warning")}")}");
        return strict && !warnings.IsEmpty ? ExitCode.Failed : ExitCode.Ok;
    }

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
