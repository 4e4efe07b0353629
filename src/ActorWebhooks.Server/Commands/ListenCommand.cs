using System.CommandLine;
using ActorWebhooks.Server.Receiving;

namespace ActorWebhooks.Server.Commands;

/// <summary><c>listen</c>: a receiver to try things out with.</summary>
internal static class ListenCommand
{
    private static readonly Option<int> Port = new("--port")
    {
        Description = "The port on 127.0.0.1; 0 takes any free one.",
        DefaultValueFactory = _ => 9000,
    };

    private static readonly Option<string?> SignatureKey = new("--signature-key")
    {
        Description = "Verifies signatures with this key, and answers 401 to a request that has no valid one.",
        HelpName = "KEY",
    };

    public static Command Create(TextWriter output, TextWriter error)
    {
        var listen = new Command(
            "listen", "Receive webhooks on this machine, verify and print them. Example: listen --port 9000 --signature-key my-secret-key")
        {
            Port, SignatureKey,
        };
        listen.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(Port), parsed.GetValue(SignatureKey), TextWriter.Synchronized(output), error, cancellationToken));
        return listen;
    }

    private static async Task<int> RunAsync(
        int port, string? signatureKey, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            await using var listener = await ListenHost.StartAsync(port, signatureKey, output, cancellationToken);
            await listener.WaitForStopAsync(cancellationToken);
            return Cli.Success;
        }
        catch (Hosting.ServerRefusedException refusal)
        {
            foreach (var line in refusal.Lines)
                await error.WriteLineAsync(line);
            return Cli.Failure;
        }
    }
}
