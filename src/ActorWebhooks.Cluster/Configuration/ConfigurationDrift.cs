using System.Collections.Immutable;
using ActorWebhooks.Configuration;
using Akka.Actor;

namespace ActorWebhooks.Cluster.Configuration;

/// <summary>Whether the nodes that host webhooks have the same configuration. Without Akka's clock and network; one at a time calls it.</summary>
/// <param name="patience">How long they may differ, as while a new configuration is brought out.</param>
internal sealed class ConfigurationDrift(TimeSpan patience, TimeProvider time)
{
    private readonly Dictionary<Address, (ConfigurationReport Report, long DiffersSince)> _others = [];
    private ImmutableArray<string> _warnings = [];
    private volatile ConfigurationReport _own = new(0, 0);

    public ConfigurationReport Own => _own;

    /// <summary>One sentence for each node whose configuration differs. Read from any thread.</summary>
    public ImmutableArray<string> Warnings => _warnings;

    /// <summary>This node's own. Called from any thread.</summary>
    public void Configure(IReadOnlyDictionary<string, WebhookDefinition> definitions) =>
        _own = new ConfigurationReport(ConfigurationHash.Of(definitions.Values), definitions.Count);

    public void Hear(Address node, ConfigurationReport report)
    {
        var since = _others.TryGetValue(node, out var before) && before.Report.Hash != _own.Hash ? before.DiffersSince : time.GetTimestamp();
        _others[node] = (report, since);
    }

    public void Forget(Address node) => _others.Remove(node);

    /// <returns>Whether <see cref="Warnings"/> has changed.</returns>
    public bool Look()
    {
        var warnings = _others
            .Where(other => other.Value.Report.Hash != _own.Hash && time.GetElapsedTime(other.Value.DiffersSince) > patience)
            .Select(other => $"{other.Key} has another configuration than this node: {other.Value.Report.Webhooks} webhooks there, {_own.Webhooks} here. "
                + "A webhook goes by that of the node that it lives on; give all nodes the same file.")
            .Order(StringComparer.Ordinal)
            .ToImmutableArray();
        if (warnings.SequenceEqual(_warnings))
            return false;
        ImmutableInterlocked.InterlockedExchange(ref _warnings, warnings);
        return true;
    }
}
