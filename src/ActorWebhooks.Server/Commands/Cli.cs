using System.CommandLine;

namespace ActorWebhooks.Server.Commands;

/// <summary>The command line: one verb a file; no verb is <c>run</c>.</summary>
internal static class Cli
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int Misuse = 2;

    public static Task<int> InvokeAsync(
        string[] args, TextReader input, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        var root = new RootCommand("""
            ActorWebhooks delivers events to webhooks: signed, batched, retried, in order.

            Without a verb it runs a node. The first steps:
              run                                              a node with a demo webhook, and a curl line to try it
              listen --port 9000 --signature-key KEY           a receiver that verifies and prints
              check webhooks.toml                              every error of a configuration at once
              match webhooks.toml auth.success                 who hears of an event type
              send auth.success '{"accountName":"jdoe"}'       an event for a running node
            """);
        RunCommand.AddTo(root, output, error);
        root.Add(CheckCommand.Create(output, error));
        root.Add(MatchCommand.Create(output, error));
        root.Add(ListenCommand.Create(output, error));
        root.Add(SendCommand.Create(input, output, error));
        return root.Parse(args).InvokeAsync(
            new InvocationConfiguration
            {
                Output = output,
                Error = error,

                // The host listens for Ctrl-C and SIGTERM itself, and takes the time that it needs.
                ProcessTerminationTimeout = null,
            },
            cancellationToken);
    }
}
