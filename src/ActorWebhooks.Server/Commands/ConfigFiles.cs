using System.Collections.Immutable;
using ActorWebhooks.Configuration;
using ActorWebhooks.Server.Hosting;

namespace ActorWebhooks.Server.Commands;

/// <summary>The one way in which all verbs read a webhook file and tell its errors.</summary>
internal static class ConfigFiles
{
    /// <exception cref="RefusedException">A line for each error of the file.</exception>
    public static ImmutableArray<WebhookDefinition> Load(string file, bool allowEmpty = false)
    {
        var result = WebhookFile.Load(file, allowEmpty);
        return result.IsValid
            ? result.Webhooks
            : throw new RefusedException([.. result.Errors.Select(error => error.ToString())]);
    }
}
