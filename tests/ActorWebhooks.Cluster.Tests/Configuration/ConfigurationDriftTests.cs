using System.Collections.Frozen;
using ActorWebhooks.Cluster.Configuration;
using ActorWebhooks.Configuration;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;

namespace ActorWebhooks.Cluster.Tests.Configuration;

public sealed class ConfigurationDriftTests
{
    private const string Secret = "hush-hush";
    private const string Before = "[webhook.audit]\nurl = \"https://example.com/a\"\nevents = \"*\"\n";
    private const string After = $"{Before}signature-key = \"{Secret}\"\n";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Instant = TimeSpan.FromTicks(1);
    private static readonly Address Node1 = new("akka.tcp", "app", "10.0.0.1", 4053);
    private static readonly Address Node2 = new("akka.tcp", "app", "10.0.0.2", 4053);

    private readonly ManualTime _time = new();
    private readonly ConfigurationDrift _drift;

    public ConfigurationDriftTests()
    {
        _drift = new ConfigurationDrift(Patience, _time, "2.0");
        _drift.Configure(Read(Before));
    }

    [Fact]
    public void Nodes_that_have_the_same_are_worth_no_word()
    {
        _drift.Hear(Node1, Report(Before));
        _time.Pass(Patience * 10);

        Assert.False(_drift.Look());
        Assert.Empty(_drift.Warnings);
    }

    [Fact]
    public void Difference_is_told_once_when_it_lasts_longer_than_the_patience_however_often_the_node_is_heard()
    {
        _drift.Hear(Node1, Report(After));
        _time.Pass(Patience / 2);
        _drift.Hear(Node1, Report(After));
        _time.Pass(Patience / 2);
        Assert.False(_drift.Look());
        Assert.Empty(_drift.Warnings);

        _time.Pass(Instant);
        Assert.True(_drift.Look());
        Assert.False(_drift.Look());

        var warning = Assert.Single(_drift.Warnings);
        Assert.StartsWith($"{Node1} has another configuration than this node: 1 webhooks there, 1 here. ", warning, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Warning_goes_when_the_other_node_has_the_same_and_the_patience_begins_anew()
    {
        _drift.Hear(Node1, Report(After));
        _time.Pass(Patience + Instant);
        Assert.True(_drift.Look());

        _drift.Hear(Node1, Report(Before));
        Assert.True(_drift.Look());
        Assert.Empty(_drift.Warnings);

        _drift.Hear(Node1, Report(After));
        _time.Pass(Patience);
        Assert.False(_drift.Look());
        _time.Pass(Instant);
        Assert.True(_drift.Look());
        Assert.Single(_drift.Warnings);
    }

    [Fact]
    public void Warning_goes_when_this_node_has_the_same()
    {
        _drift.Hear(Node1, Report(After));
        _time.Pass(Patience + Instant);
        Assert.True(_drift.Look());

        _drift.Configure(Read(After));

        Assert.True(_drift.Look());
        Assert.Empty(_drift.Warnings);
    }

    [Fact]
    public void Change_of_this_node_that_the_other_follows_within_the_patience_is_worth_no_word()
    {
        _drift.Hear(Node1, Report(Before));
        _time.Pass(Patience * 10);
        _drift.Hear(Node1, Report(Before));
        _drift.Configure(Read(After));
        _time.Pass(Patience / 2);
        _drift.Hear(Node1, Report(Before));
        Assert.False(_drift.Look());

        _drift.Hear(Node1, Report(After));
        _time.Pass(Patience * 10);

        Assert.False(_drift.Look());
        Assert.Empty(_drift.Warnings);
    }

    [Fact]
    public void Each_node_that_differs_is_told_of_and_one_that_has_gone_is_forgotten()
    {
        _drift.Hear(Node2, Report(After));
        _drift.Hear(Node1, Report(""));
        _time.Pass(Patience + Instant);
        Assert.True(_drift.Look());
        Assert.Equal(2, _drift.Warnings.Length);
        Assert.StartsWith($"{Node1} has another configuration than this node: 0 webhooks there, 1 here. ", _drift.Warnings[0], StringComparison.Ordinal);
        Assert.StartsWith($"{Node2} has another configuration than this node: 1 webhooks there, 1 here. ", _drift.Warnings[1], StringComparison.Ordinal);

        _drift.Forget(Node1);

        Assert.True(_drift.Look());
        Assert.StartsWith($"{Node2} has", Assert.Single(_drift.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.9", "version 1.9")]
    [InlineData(null, "an older version, which does not say its number")]
    [InlineData("", "a version whose number cannot be read")]
    [InlineData("1.9\u001b[2J", "a version whose number cannot be read")]
    public void Node_of_another_version_is_told_of_with_both_versions(string? version, string words)
    {
        _drift.Hear(Node1, Report(Before, version));
        _time.Pass(Patience + Instant);

        Assert.True(_drift.Look());
        Assert.Equal(
            $"{Node1} runs {words}, and this node version 2.0: they work together while a cluster is upgraded node by node; give all nodes the same.",
            Assert.Single(_drift.Warnings));
        _drift.Hear(Node1, Report(Before));
        Assert.True(_drift.Look());
        Assert.Empty(_drift.Warnings);
    }

    [Fact]
    public void Node_that_differs_in_both_is_told_of_in_one_line()
    {
        _drift.Hear(Node1, Report(After, "1.9"));
        _time.Pass(Patience + Instant);

        Assert.True(_drift.Look());
        var line = Assert.Single(_drift.Warnings);
        Assert.StartsWith($"{Node1} has another configuration than this node: 1 webhooks there, 1 here. ", line, StringComparison.Ordinal);
        Assert.Contains(" It runs version 1.9, and this node version 2.0: ", line, StringComparison.Ordinal);
    }

    private static FrozenDictionary<string, WebhookDefinition> Read(string toml) =>
        WebhookFile.Parse(toml, "test").Webhooks.ToFrozenDictionary(definition => definition.Id);

    private static ConfigurationReport Report(string toml, string? version = "2.0")
    {
        var definitions = Read(toml);
        return new ConfigurationReport(ConfigurationHash.Of(definitions.Values), definitions.Count, version);
    }
}
