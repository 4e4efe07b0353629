using System.CommandLine;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Storage.Sqlite;
using ActorWebhooks.Server.Text;
using Akka.Actor;
using Akka.Hosting;

namespace ActorWebhooks.Server.Commands;

/// <summary><c>run</c>: the node itself.</summary>
internal static class RunCommand
{
    public const string Verb = "run";

    public const string DefaultUrl = "http://127.0.0.1:8080";

    public const string ApiKeyVariable = "ACTORWEBHOOKS_API_KEY";

    public static Command Create(Surroundings surroundings)
    {
        var config = new Option<string?>("--config")
        {
            Description = $"The webhook file; default {RunSettings.DefaultFile} of the current folder, or else a demo webhook.",
            HelpName = "FILE",
        };
        var allowEmpty = AllowEmptyOption.Create();
        var urls = new Option<string>("--urls")
        {
            Description = "Where to listen; port 0 takes a free one. An address that other machines reach needs an API key.",
            DefaultValueFactory = _ => DefaultUrl,
            HelpName = "URL",
        };
        var data = new Option<string?>("--data")
        {
            Description = $"Keep undelivered events in this folder, in the SQLite file {SqliteStore.FileName}; default: {StoreSettings.DefaultFolder}.",
            HelpName = "DIR",
        };
        var postgres = new Option<string?>("--postgres")
        {
            Description = "Keep them in PostgreSQL instead, such as 'Host=localhost;Database=webhooks;Username=webhooks'. "
                + "The password may also come from the variable PGPASSWORD or from ~/.pgpass, where other users do not see it.",
            HelpName = "CONNSTR",
        };
        var inMemory = new Option<bool>("--in-memory")
        {
            Description = "Keep them in memory instead: what is undelivered when the process ends is lost.",
        };
        var apiKey = new Option<string?>("--api-key")
        {
            Description = $"Callers must send 'Authorization: Bearer KEY'; default: the variable {ApiKeyVariable}.",
            HelpName = "KEY",
        };
        var hocon = new Option<string?>("--hocon")
        {
            Description = "A file with more settings (actor-webhooks { … }, akka { … }).",
            HelpName = "FILE",
        };
        var logLevel = new Option<LogLevel>("--log-level")
        {
            Description = "What is less important is not logged: debug, information, warning or error.",
            DefaultValueFactory = _ => LogLevel.Information,
            HelpName = "LEVEL",
        };
        logLevel.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "debug", "information", "warning", "error");
        var cluster = new ClusterCommandOptions();
        var command = new Command(Verb, "Runs a node: takes events at POST /api/events and delivers them.\n"
            + "Example: run --config webhooks.toml --urls http://127.0.0.1:8080")
        {
            config,
            allowEmpty,
            urls,
            data,
            postgres,
            inMemory,
            apiKey,
            hocon,
            logLevel,
        };
        cluster.AddTo(command);
        command.Validators.Add(result =>
        {
            if (new Option[] { data, postgres, inMemory }.Count(option => result.GetResult(option) is { Implicit: false }) > 1)
                result.AddError("Events are kept in one place: give one of --data, --postgres and --in-memory.");
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            if (surroundings.OwnsProcess)
                PoolThreads.StartAll();
            var key = parsed.GetValue(apiKey);
            var options = RunSettings.Read(new RunFlags(parsed.GetRequiredValue(urls))
            {
                ConfigFile = parsed.GetValue(config),
                AllowEmptyConfigFile = parsed.GetValue(allowEmpty),
                ApiKey = key ?? surroundings.Variable(ApiKeyVariable),
                HoconFile = parsed.GetValue(hocon),
                DataFolder = parsed.GetValue(data),
                Postgres = parsed.GetValue(postgres),
                LogLevel = parsed.GetValue(logLevel),
                InMemory = parsed.GetValue(inMemory),
                Cluster = cluster.Read(parsed),
            });
            return RunAsync(options, surroundings, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ServerOptions options, Surroundings surroundings, CancellationToken cancellationToken)
    {
        using var hangUp = surroundings.OwnsProcess ? new HangUpReload() : null;
        await using var output = new BackgroundWriter(surroundings.Out);
        var webhooks = options.ConfigFile is { } file ? ConfigFiles.Load(file, options.AllowEmptyConfigFile) : [];
        using var socket = ListenSocket.Open(options.EndPoint);
        if (options.ConfigFile is null)
            options = options with { Demo = new(socket.Url) };

        if (options.Cluster is { } cluster)
            ClusterPort.Try(cluster.Self);
        using var store = options.Store;
        store.Open();
        await using var app = ServerHost.Build(options, socket, output);
        await StartAsync(app, cancellationToken);
        var system = app.Services.GetRequiredService<ActorSystem>();
        hangUp?.Attach(await RouterOf(app, cancellationToken), app.Services.GetRequiredService<ILogger<HangUpReload>>());
        if (options.Cluster is not null)
            options = options with { Cluster = ClusterNode.SettingsOf(system) };
        var fault = await store.FaultAsync(cancellationToken);
        await output.WriteAsync(RunGreeting.Of(options, socket.Url, webhooks, fault));
        await app.WaitForShutdownAsync(cancellationToken);
        return ClusterNode.FaultOf(system) is { } lost ? throw new RefusedException(lost) : ExitCode.Ok;
    }

    private static Task<IActorRef> RouterOf(WebApplication app, CancellationToken cancellationToken) =>
        app.Services.GetRequiredService<IRequiredActor<WebhookRouter>>().GetAsync(cancellationToken);

    private static async Task StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (WebhookConfigurationException e)
        {
            throw new RefusedException(e.Errors);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new RefusedException($"The node does not start: {e.Message}");
        }
    }
}
