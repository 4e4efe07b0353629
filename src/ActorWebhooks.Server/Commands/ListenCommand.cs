using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Receiving;
using ActorWebhooks.Server.Text;

namespace ActorWebhooks.Server.Commands;

/// <summary><c>listen</c>: a receiver to try webhooks out with.</summary>
internal static class ListenCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var port = new Option<int>("--port")
        {
            Description = "The port on 127.0.0.1; 0 takes a free one.",
            DefaultValueFactory = _ => 9000,
            CustomParser = ParsePort,
            HelpName = "PORT",
        };
        var key = new Option<string?>("--signature-key")
        {
            Description = "Verify signatures with it (X-Signature or Standard Webhooks), and answer 401 to what has no valid one.",
            HelpName = "KEY",
        };
        key.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
                result.AddError("--signature-key is empty. Give the signature-key of the webhook.");
        });
        var command = new Command("listen", "Receives webhooks on this machine, verifies their signature and prints them.\n"
            + "Example: listen --port 9000 --signature-key my-secret-key")
        {
            port,
            key,
        };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(new IPEndPoint(IPAddress.Loopback, parsed.GetValue(port)), parsed.GetValue(key), surroundings, cancellationToken));
        return command;
    }

    private static int ParsePort(ArgumentResult result)
    {
        if (ushort.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return port;
        result.AddError($"--port is a number from 0 to {IPEndPoint.MaxPort}; found '{Printable.Shorten(result.Tokens[0].Value)}'.");
        return 0;
    }

    private static async Task<int> RunAsync(
        IPEndPoint endPoint, string? key, Surroundings surroundings, CancellationToken cancellationToken)
    {
        await using var output = new BackgroundWriter(surroundings.Out);
        using var socket = ListenSocket.Open(endPoint);
        await using var app = QuietHost.CreateBuilder(socket).Build();
        PrintingReceiver.Map(app, key, output);
        await app.StartAsync(cancellationToken);
        await output.WriteLineAsync($"Listening on {socket.Url} for webhooks; any path will do. Ctrl-C stops.");
        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Ok;
    }
}
