using ActorWebhooks.Hosting;
using ActorWebhooks.Server.Storage;

namespace ActorWebhooks.Server.Tests.Storage;

public sealed class ProfileTests
{
    public static TheoryData<string, string> All => new() { { "sqlite", "SQLite.MS" }, { "postgres", "PostgreSQL.15" } };

    [Theory]
    [MemberData(nameof(All))]
    public void Profile_makes_webhooks_durable_in_the_journal_that_it_sets_up(string name, string provider)
    {
        var profile = name == "sqlite" ? Profiles.Sqlite : Profiles.Postgres;

        var settings = WebhooksSettings.Create(profile.WithFallback(Webhooks.ReferenceConfig()), new() { ConfigText = "" });

        Assert.Equal(EventStore.Plugin, settings.Journal?.Plugin);
        var journal = profile.GetConfig(EventStore.Plugin);
        Assert.Equal(provider, journal.GetString("provider-name"));
        Assert.Equal("", journal.GetString("connection-string"));
        Assert.True(journal.GetTimeSpan("circuit-breaker.reset-timeout") < TimeSpan.FromSeconds(5));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_setting_of_a_profile_is_one_that_the_plugin_has(string name, string provider)
    {
        var profile = name == "sqlite" ? Profiles.Sqlite : Profiles.Postgres;
        var known = Akka.Persistence.Sql.SqlPersistence.DefaultConfiguration
            .WithFallback(Akka.Persistence.Persistence.DefaultConfig());

        foreach (var (key, _) in profile.GetConfig(EventStore.Plugin).AsEnumerable())
        {
            Assert.True(
                known.HasPath($"{EventStore.Plugin}.{key}") || known.HasPath($"akka.persistence.journal-plugin-fallback.{key}"),
                $"{provider}: {key}");
        }
    }
}
