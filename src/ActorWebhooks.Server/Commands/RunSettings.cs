using System.Net;
using ActorWebhooks.Server.Api;
using ActorWebhooks.Server.Hosting;
using Akka.Configuration;

namespace ActorWebhooks.Server.Commands;

/// <summary>Checks what <c>run</c> was told.</summary>
internal static class RunSettings
{
    public const string DefaultFile = "webhooks.toml";

    /// <exception cref="RefusedException">A setting is not acceptable.</exception>
    public static ServerOptions Read(RunFlags flags)
    {
        var endPoint = ListenAddress.Parse(flags.Url);
        var key = flags.ApiKey is null
            ? null
            : ApiKey.TryParse(flags.ApiKey) ?? throw new RefusedException($"The API key is not acceptable: {ApiKey.Rule}.");
        if (key is null && !IPAddress.IsLoopback(endPoint.Address))
        {
            throw new RefusedException($"{ListenAddress.Shown(flags.Url)} can be reached from other machines, and there is no API key. "
                + $"Give --api-key KEY or the variable {RunCommand.ApiKeyVariable}, or listen on 127.0.0.1.");
        }

        var cluster = ClusterReading.Read(flags.Cluster);
        var hocon = flags.HoconFile is { } file ? HoconFile.Read(file) : Config.Empty;
        var store = StoreSettings.Choose(flags);
        var (settings, intake) = HoconFile.Settle(flags.HoconFile, hocon.WithFallback(store.Profile));
        var options = new ServerOptions
        {
            EndPoint = endPoint,
            ConfigFile = flags.ConfigFile ?? settings.ConfigFile ?? (File.Exists(DefaultFile) ? DefaultFile : null),
            AllowEmptyConfigFile = flags.AllowEmptyConfigFile || settings.AllowEmptyFile,
            ApiKey = key,
            Hocon = hocon,
            LogLevel = flags.LogLevel,
            Intake = intake,
            Store = StoreSettings.Under(store, hocon, settings),
            MaxEventBytes = settings.Routing.MaxEventBytes,
            Cluster = cluster,
        };
        SharedByNodes.Check(options, settings);
        return options;
    }
}
