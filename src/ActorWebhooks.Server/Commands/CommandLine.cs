using System.CommandLine;
using ActorWebhooks.Server.Hosting;

namespace ActorWebhooks.Server.Commands;

/// <summary>The verbs of the server. No verb is <c>run</c>.</summary>
internal static class CommandLine
{
    private static readonly string[] OptionsOfNoVerb = ["--help", "-h", "-?", "/?", "/h", "--version"];

    /// <summary>As the process that this is.</summary>
    public static Task<int> RunInConsoleAsync(string[] args) =>
        RunAsync(args, new Surroundings(Console.In, Console.Out, Console.Error) { OwnsProcess = true });

    public static async Task<int> RunAsync(string[] args, Surroundings surroundings, CancellationToken cancellationToken = default)
    {
        var root = new RootCommand(
            "A webhook node: takes events over HTTP and delivers them, signed and in batches, to every webhook that listens.\n"
            + "Without a verb it runs: 'run' is the default. 'VERB --help' shows examples.")
        {
            RunCommand.Create(surroundings),
            CheckCommand.Create(surroundings),
            MatchCommand.Create(surroundings),
            ListenCommand.Create(surroundings),
            SendCommand.Create(surroundings),
            ReloadCommand.Create(surroundings),
            WhyCommand.Create(surroundings),
        };

        // An argument that begins with @ is itself, not a file with more arguments.
        var parsed = root.Parse(WithVerb(args), new ParserConfiguration { ResponseFileTokenReplacer = null });
        var isHelp = parsed.Action is System.CommandLine.Help.HelpAction;
        if (parsed.Errors.Count > 0 && !isHelp)
        {
            foreach (var error in parsed.Errors)
                await surroundings.Error.WriteLineAsync(error.Message);
            var verb = parsed.CommandResult.Command is RootCommand ? "" : $"{parsed.CommandResult.Command.Name} ";
            await surroundings.Error.WriteLineAsync($"What is accepted: {verb}--help");
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = surroundings.Out,
                    Error = surroundings.Error,
                    EnableDefaultExceptionHandler = false,
                    // The host takes care of Ctrl-C and SIGTERM, and takes the time that a graceful stop needs.
                    ProcessTerminationTimeout = null,
                },
                cancellationToken);
        }
        catch (RefusedException refusal)
        {
            foreach (var line in refusal.Lines)
                await surroundings.Error.WriteLineAsync(line);
            return ExitCode.Failed;
        }
    }

    private static string[] WithVerb(string[] args) =>
        args.Length == 0 || (args[0].StartsWith('-') && !OptionsOfNoVerb.Contains(args[0])) ? [RunCommand.Verb, .. args] : args;
}
