using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using ActorWebhooks.Configuration;
using ActorWebhooks.Configuration.Values;
using ActorWebhooks.Events;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Text;

namespace ActorWebhooks.Server.Commands;

/// <summary>What a node says when it runs: where, which webhooks, and one line to try.</summary>
internal static class RunGreeting
{
    /// <param name="storeFault">What keeps events from being kept now; null when nothing does.</param>
    public static string Of(
        ServerOptions options, Uri url, ImmutableArray<WebhookDefinition> webhooks, string? storeFault = null)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        text.WriteLine($"ActorWebhooks listens on http://{new IPEndPoint(options.EndPoint.Address, url.Port)}");
        if (options.Demo is { } demo)
        {
            text.WriteLine($"No {RunSettings.DefaultFile} here: a demo webhook sends every event to this server's own receiver, which verifies and prints it");
            text.WriteLine($"  demo  *  {demo.Url}");
        }
        else
        {
            text.WriteLine($"Webhooks of {options.ConfigFile}:");
            TextTable.Write([.. webhooks.Select(Row)], text, "  ");
        }

        text.WriteLine($"Undelivered events are kept {options.Store.Place}. Ctrl-C stops.");
        if (storeFault is not null)
            text.WriteLine($"It cannot be used now, so events are refused with 503 until it can: {storeFault}");
        if (options.Cluster is { } cluster)
            text.WriteLine(Membership(cluster));
        text.WriteLine();
        text.WriteLine("Try it from another terminal:");
        text.WriteLine($"  curl -sS '{url}api/events'{Authorization(options)} -H 'Content-Type: application/json' "
            + $"-d '{{\"type\":\"{ExampleType(webhooks)}\",\"data\":{{\"hello\":\"world\"}}}}'");
        text.WriteLine();
        return text.ToString();
    }

    private static string Membership(ClusterSettings cluster) => cluster.Seeds.IsEmpty
        ? $"A node of a cluster at {cluster.Self}, the first one; others join it with {ClusterCommandOptions.SeedName} {cluster.Self}."
        : $"A node of a cluster at {cluster.Self}, which it finds through {string.Join(", ", cluster.Seeds)}.";

    private static string[] Row(WebhookDefinition webhook) =>
        [webhook.Id, string.Join(", ", webhook.Events), ShownUrl.Of(webhook.Url), webhook.Enable ? "" : "disabled"];

    // What is printed may be kept in a log, so the key is not.
    private static string Authorization(ServerOptions options) =>
        options.ApiKey is null ? "" : $" -H \"Authorization: Bearer ${RunCommand.ApiKeyVariable}\"";

    /// <summary>A type that reaches a webhook, if one is easily found.</summary>
    private static string ExampleType(ImmutableArray<WebhookDefinition> webhooks)
    {
        foreach (var webhook in webhooks)
        {
            foreach (var include in webhook.Events.Where(p => webhook.Enable && !p.IsExclude))
            {
                var type = include.Glob == "*" ? "demo.hello" : include.Glob.Replace("*", "test", StringComparison.Ordinal);
                if (EventType.IsValid(type) && !webhook.Events.Any(p => p.IsExclude && p.Covers(type)))
                    return type;
            }
        }

        return "demo.hello";
    }
}
