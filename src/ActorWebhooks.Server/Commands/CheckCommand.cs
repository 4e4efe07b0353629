using System.CommandLine;

namespace ActorWebhooks.Server.Commands;

/// <summary><c>check FILE</c></summary>
internal static class CheckCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var file = new Argument<string>("FILE") { Description = "The TOML file with the [webhook.\"id\"] sections." };
        var allowEmpty = AllowEmptyOption.Create();
        var command = new Command("check", "Checks a webhook file: all its errors as file:line:column on standard error, and exit code 1.\n"
            + "Example: check webhooks.toml")
        {
            file,
            allowEmpty,
        };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(file), parsed.GetValue(allowEmpty), surroundings));
        return command;
    }

    private static int Run(string file, bool allowEmpty, Surroundings surroundings)
    {
        var webhooks = ConfigFiles.Load(file, allowEmpty);
        var disabled = webhooks.Count(webhook => !webhook.Enable);
        surroundings.Out.WriteLine(
            $"{file}: {webhooks.Length} {(webhooks.Length == 1 ? "webhook" : "webhooks")}"
            + $"{(disabled > 0 ? $" ({disabled} disabled)" : "")}, no errors");
        return ExitCode.Ok;
    }
}
