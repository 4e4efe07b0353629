using System.Collections.Immutable;
using ActorWebhooks.Configuration;
using Akka.Actor;

namespace ActorWebhooks.Cluster.Configuration;

/// <summary>Whether the nodes that host webhooks have the same configuration and the same software. Without Akka's clock and network; one at a time calls it.</summary>
/// <param name="patience">How long they may differ, as while a new configuration is brought out.</param>
/// <param name="version">Of this node.</param>
internal sealed class ConfigurationDrift(TimeSpan patience, TimeProvider time, string version)
{
    private readonly Dictionary<Address, (ConfigurationReport Report, long DiffersSince)> _others = [];
    private ImmutableArray<string> _warnings = [];
    private volatile ConfigurationReport _own = new(0, 0, version);

    public ConfigurationReport Own => _own;

    /// <summary>One line for each node that differs. Read from any thread.</summary>
    public ImmutableArray<string> Warnings => _warnings;

    /// <summary>This node's own. Called from any thread.</summary>
    public void Configure(IReadOnlyDictionary<string, WebhookDefinition> definitions) =>
        _own = new ConfigurationReport(ConfigurationHash.Of(definitions.Values), definitions.Count, version);

    public void Hear(Address node, ConfigurationReport report)
    {
        var since = _others.TryGetValue(node, out var before) && Differs(before.Report) ? before.DiffersSince : time.GetTimestamp();
        _others[node] = (report, since);
    }

    public void Forget(Address node) => _others.Remove(node);

    /// <returns>Whether <see cref="Warnings"/> has changed.</returns>
    public bool Look()
    {
        var warnings = _others
            .Where(other => Differs(other.Value.Report) && time.GetElapsedTime(other.Value.DiffersSince) > patience)
            .Select(other => LineOf(other.Key, other.Value.Report))
            .Order(StringComparer.Ordinal)
            .ToImmutableArray();
        if (warnings.SequenceEqual(_warnings))
            return false;
        ImmutableInterlocked.InterlockedExchange(ref _warnings, warnings);
        return true;
    }

    private bool Differs(ConfigurationReport report) => report.Hash != _own.Hash || report.Version != _own.Version;

    private string LineOf(Address node, ConfigurationReport report)
    {
        var configuration = $"{node} has another configuration than this node: {report.Webhooks} webhooks there, {_own.Webhooks} here. "
            + "A webhook goes by that of the node that it lives on; give all nodes the same file.";
        var software = $"runs {SoftwareVersion.Shown(report.Version)}, and this node {SoftwareVersion.Shown(_own.Version)}: "
            + "they work together while a cluster is upgraded node by node; give all nodes the same.";
        return report.Version == _own.Version ? configuration
            : report.Hash == _own.Hash ? $"{node} {software}"
            : $"{configuration} It {software}";
    }
}
