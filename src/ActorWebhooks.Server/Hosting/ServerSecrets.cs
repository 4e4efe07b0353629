using System.Data.Common;
using ActorWebhooks.Configuration;

namespace ActorWebhooks.Server.Hosting;

/// <summary>The secrets that a server is started with, besides those of its webhooks.</summary>
internal static class ServerSecrets
{
    private const string ProxyKey = "actor-webhooks.http.proxy";
    private const string PasswordVariable = "PGPASSWORD";

    private static readonly string[] PasswordNames = ["Password", "PWD", "SSL Password"];

    public static IEnumerable<string> Of(ServerOptions options)
    {
        var hocon = options.Hocon.WithFallback(options.Store.Profile);
        return
        [
            .. options.ApiKey is { } key ? [key.Text] : Array.Empty<string>(),
            .. Uri.TryCreate(hocon.GetString(ProxyKey, ""), UriKind.Absolute, out var proxy) ? WebhookSecrets.OfUrl(proxy) : [],
            .. PasswordsIn(hocon.GetString($"{Storage.EventStore.Plugin}.connection-string", "")),
            .. options.Store.SecretConnection is { } connection ? PasswordsIn(connection) : [],
            .. Environment.GetEnvironmentVariable(PasswordVariable) is { } password ? [password] : Array.Empty<string>(),
        ];
    }

    private static IEnumerable<string> PasswordsIn(string connectionString)
    {
        var parts = new DbConnectionStringBuilder();
        try
        {
            parts.ConnectionString = connectionString;
        }
        catch (ArgumentException)
        {
            return [connectionString];
        }

        return PasswordNames.Select(name => parts.TryGetValue(name, out var value) ? $"{value}" : "");
    }
}
