using System.Net;
using ActorWebhooks.Hosting;
using ActorWebhooks.Server.Api;
using ActorWebhooks.Server.Hosting;
using Akka.Configuration;

namespace ActorWebhooks.Server.Commands;

/// <summary>Checks what <c>run</c> was told.</summary>
internal static class RunSettings
{
    public const string DefaultFile = "webhooks.toml";

    /// <exception cref="RefusedException">A setting is not acceptable.</exception>
    public static ServerOptions Read(string? configFile, string url, string? apiKey, string? hoconFile)
    {
        var endPoint = ListenAddress.Parse(url);
        var key = apiKey is null ? null : ApiKey.TryParse(apiKey) ?? throw new RefusedException($"The API key is not acceptable: {ApiKey.Rule}.");
        if (key is null && !IPAddress.IsLoopback(endPoint.Address))
        {
            throw new RefusedException($"{url} can be reached from other machines, and there is no API key. "
                + $"Give --api-key KEY or the variable {RunCommand.ApiKeyVariable}, or listen on 127.0.0.1.");
        }

        var (hocon, settings) = hoconFile is null ? (Config.Empty, Settle(Config.Empty)) : ReadHocon(hoconFile);
        return new ServerOptions
        {
            EndPoint = endPoint,
            ConfigFile = configFile ?? settings.ConfigFile ?? (File.Exists(DefaultFile) ? DefaultFile : null),
            ApiKey = key,
            Hocon = hocon,
            MaxEventBytes = settings.Routing.MaxEventBytes,
        };
    }

    private static (Config Hocon, WebhooksSettings Settings) ReadHocon(string file)
    {
        try
        {
            var hocon = ConfigurationFactory.ParseString(File.ReadAllText(file));
            return (hocon, Settle(hocon));
        }
        catch (WebhookConfigurationException e)
        {
            throw new RefusedException([.. e.Errors.Select(error => $"{file}: {error}")]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"{file} cannot be read: {e.Message}");
        }
        catch (Exception e) when (e is FormatException
            || e.GetType().Namespace?.StartsWith("Akka.Configuration", StringComparison.Ordinal) == true)
        {
            throw new RefusedException($"{file} is not HOCON: {e.Message}");
        }
    }

    private static WebhooksSettings Settle(Config hocon)
    {
        var config = hocon.WithFallback(Webhooks.ReferenceConfig());
        var file = config.GetString("actor-webhooks.config-file");
        return WebhooksSettings.Create(config, string.IsNullOrWhiteSpace(file) ? new() { ConfigText = "" } : new());
    }
}
