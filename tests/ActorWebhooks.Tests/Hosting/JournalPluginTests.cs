using Akka.Actor;
using Akka.Configuration;

namespace ActorWebhooks.Tests.Hosting;

public sealed class JournalPluginTests
{
    [Theory]
    [InlineData("", "", "akka.persistence.journal.plugin is Akka's journal in memory, which keeps nothing")]
    [InlineData("akka.persistence.journal.plugin = \"\"", "", "akka.persistence.journal.plugin is not set")]
    [InlineData("", "akka.persistence.journal.nonsense", "there is no akka.persistence.journal.nonsense.class")]
    [InlineData("actor-webhooks.journal.plugin = nonsense", "", "actor-webhooks.journal.plugin = nonsense: there is no nonsense.class")]
    public async Task Journal_that_would_keep_nothing_is_refused_with_what_to_do(string hocon, string option, string words)
    {
        var system = ActorSystem.Create("app", ConfigurationFactory.ParseString(hocon));
        try
        {
            var refused = Assert.Throws<WebhookConfigurationException>(() => Webhooks.Start(
                system, new WebhooksOptions { ConfigText = "", Durable = true, JournalPlugin = option.Length == 0 ? null : option }));

            Assert.Contains(words, Assert.Single(refused.Errors), StringComparison.Ordinal);
        }
        finally
        {
            await system.Terminate();
        }
    }

    [Fact]
    public async Task Rows_keep_their_serializer_when_an_extension_adds_to_the_configuration_later()
    {
        var system = ActorSystem.Create("app");
        try
        {
            Webhooks.Start(system, new WebhooksOptions { ConfigText = "", Durable = true, JournalPlugin = "akka.persistence.journal.inmem" });
            AssertRowsHaveTheirSerializer(system);
            system.Settings.InjectTopLevelFallback(ConfigurationFactory.ParseString("some.extension = on"));

            AssertRowsHaveTheirSerializer(system);
            Assert.True(system.Settings.Config.GetBoolean("some.extension"));
        }
        finally
        {
            await system.Terminate();
        }
    }

    // Journals find it by the type when they write, and by the number and the manifest when they read.
    private static void AssertRowsHaveTheirSerializer(ActorSystem system)
    {
        var serializer = system.Serialization.FindSerializerForType(typeof(ActorWebhooks.Journal.Rows.JournalRow));
        var row = new ActorWebhooks.Journal.Rows.JournalRow([1, 2, 3]);
        Assert.Equal((1_742_301, "r"), (serializer.Identifier, Akka.Serialization.Serialization.ManifestFor(serializer, row)));
        Assert.Equal([1, 2, 3], serializer.ToBinary(row));
        var read = Assert.IsType<ActorWebhooks.Journal.Rows.JournalRow>(system.Serialization.Deserialize([1, 2, 3], 1_742_301, "r"));
        Assert.Equal([1, 2, 3], read.Bytes);
    }
}
