using System.CommandLine;
using ActorWebhooks.Server.Hosting;

namespace ActorWebhooks.Server.Commands;

/// <summary><c>run</c>: a node.</summary>
internal static class RunCommand
{
    private const string ApiKeyVariable = "ACTORWEBHOOKS_API_KEY";

    private static readonly Option<string?> Config = new("--config")
    {
        Description = "The TOML file with the webhooks. Default: webhooks.toml of the current folder, or else a demo webhook.",
        HelpName = "FILE",
    };

    private static readonly Option<string> Urls = new("--urls")
    {
        Description = "Where to listen, http://ADDRESS:PORT. An address that is not loopback needs an API key.",
        HelpName = "URL",
        DefaultValueFactory = _ => "http://127.0.0.1:8080",
    };

    private static readonly Option<string?> ApiKey = new("--api-key")
    {
        Description = $"What callers of /api must send as Authorization: Bearer KEY; 16 characters or more. Default: the environment variable {ApiKeyVariable}.",
        HelpName = "KEY",
    };

    private static readonly Option<string?> Hocon = new("--hocon")
    {
        Description = "A HOCON file with settings of the engine and of Akka, such as actor-webhooks.max-event-bytes.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> InMemory = new("--in-memory")
    {
        Description = "Keep undelivered events in memory. It is the only way so far.",
    };

    /// <summary>As a verb, and as what happens without one.</summary>
    public static void AddTo(RootCommand root, TextWriter output, TextWriter error)
    {
        var run = new Command("run", "Run a node: takes events over HTTP and delivers them. Example: run --config webhooks.toml");
        root.Add(run);
        foreach (var command in new[] { root, run })
        {
            command.Add(Config);
            command.Add(Urls);
            command.Add(ApiKey);
            command.Add(Hocon);
            command.Add(InMemory);
            command.SetAction((parsed, cancellationToken) => RunAsync(parsed, output, error, cancellationToken));
        }
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var options = new ServerOptions
        {
            ConfigFile = parsed.GetValue(Config),
            Url = parsed.GetRequiredValue(Urls),
            ApiKey = parsed.GetValue(ApiKey) ?? NullIfEmpty(Environment.GetEnvironmentVariable(ApiKeyVariable)),
            HoconFile = parsed.GetValue(Hocon),
            Output = TextWriter.Synchronized(output),
        };
        try
        {
            await using var server = await ServerHost.StartAsync(options, cancellationToken);
            await server.WaitForStopAsync(cancellationToken);
            return Cli.Success;
        }
        catch (ServerRefusedException refusal)
        {
            foreach (var line in refusal.Lines)
                await error.WriteLineAsync(line);
            return Cli.Failure;
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
