using System.Globalization;
using ActorWebhooks.Server.Tests.Durability.Harness;

namespace ActorWebhooks.Server.Tests.Clustering.Harness;

/// <summary>The webhooks of a cluster.</summary>
internal static class Hooks
{
    public const string ForAll = "all.test";

    /// <summary>The most events in one request of a webhook without a throttle.</summary>
    public const int PromptBatch = 20;

    /// <summary>Their throttle in milliseconds.</summary>
    public static IReadOnlyDictionary<string, int> Throttles { get; } = new Dictionary<string, int>
    {
        ["prompt-0"] = 0,
        ["prompt-1"] = 0,
        ["prompt-2"] = 0,
        ["prompt-3"] = 0,
        ["prompt-4"] = 0,
        ["prompt-5"] = 0,
        ["prompt-6"] = 0,
        ["brisk-0"] = 500,
        ["brisk-1"] = 500,
        ["brisk-2"] = 500,
        ["slow-0"] = 2000,
        ["slow-1"] = 2000,
    };

    public static IEnumerable<string> Ids => Throttles.Keys;

    public static IEnumerable<string> Prompt => Ids.Where(id => Throttles[id] == 0);

    public static string OnlyFor(string id) => $"only.{id}";

    // Batches are small where each is a flush, and large where all that gathers is to be one.
    public static string ToToml(Func<string, Uri> urlOf) => string.Concat(Ids.Select(id => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        [webhook.{{id}}]
        url = "{{urlOf(id)}}"
        events = [ "{{ForAll}}", "{{OnlyFor(id)}}" ]
        throttle = {{Throttles[id]}}
        batch.max-events = {{(Throttles[id] == 0 ? PromptBatch : 10_000)}}
        batch.max-bytes = "8MiB"
        retry.max = "2s"
        signature-key = "{{RecordingReceiver.Key}}"
        signature-scheme = "standard"
        headers = [ "{{RecordingReceiver.LifeHeader}}: %{env:{{KilledServer.LifeVariable}}}%" ]

        """)));
}
