using ActorWebhooks.Cluster.Configuration;
using ActorWebhooks.Configuration;

namespace ActorWebhooks.Cluster.Tests.Configuration;

public sealed class ConfigurationHashTests
{
    private const string Url = "url = \"https://example.com/a\"\n";
    private const string Events = "events = [ \"auth.*\", \"!auth.failed\" ]\n";
    private const string Keys = "signature-key = [ \"new\", \"old\" ]\n";
    private const string Headers = "headers = [ \"X-A: 1\", \"X-B: 2\" ]\n";
    private const string Token = "auth.token = \"token\"\n";
    private const string Plain = $"[webhook.audit]\n{Url}{Events}{Keys}{Headers}{Token}";
    private const string Billing = $"[webhook.billing]\n{Url}{Events}";

    public static TheoryData<string, string> Changes => new()
    {
        { nameof(WebhookDefinition.Id), With("audit", "Audit") },
        { nameof(WebhookDefinition.Url), With("/a", "/b") },
        { nameof(WebhookDefinition.Events), With("auth.*", "auth.s*") },
        { "an exclude more", With("\"auth.*\", ", "\"auth.*\", \"!auth.x\", ") },
        { "an include instead of an exclude", With("!auth", "auth") },
        { nameof(WebhookDefinition.Timeout), Plain + "timeout = \"31s\"" },
        { nameof(WebhookDefinition.Throttle), Plain + "throttle = \"1001ms\"" },
        { nameof(WebhookDefinition.Rate), Plain + "rate = \"2/s\"" },
        { "the unit of a rate", Plain + "rate = \"2/m\"" },
        { nameof(WebhookDefinition.SignatureKeys), With("\"old\"", "\"older\"") },
        { "a key less", With(", \"old\"", "") },
        { "keys the other way round", With("\"new\", \"old\"", "\"old\", \"new\"") },
        { nameof(WebhookDefinition.SignatureScheme), Plain + "signature-scheme = \"both\"" },
        { nameof(WebhookDefinition.Headers), With("X-B: 2", "X-B: 3") },
        { "another name of a header", With("X-B", "X-C") },
        { nameof(WebhookDefinition.Authorization), With("\"token\"", "\"other\"") },
        { "another way of authorization", With(Token, "auth.username = \"u\"\nauth.secret = \"token\"\n") },
        { nameof(WebhookDefinition.AllowInvalidCerts), Plain + "allow-invalid-certs = true" },
        { nameof(WebhookDefinition.Lossy), Plain + "lossy = true" },
        { nameof(WebhookDefinition.Enable), Plain + "enable = false" },
        { nameof(WebhookDefinition.DiscardAfter), Plain + "discard-after = \"2d\"" },
        { "never", Plain + "discard-after = \"never\"" },
        { nameof(WebhookDefinition.Batch), Plain + "batch.max-events = 999" },
        { "bytes of a batch", Plain + "batch.max-bytes = \"255KiB\"" },
        { nameof(WebhookDefinition.Retry), Plain + "retry.initial = \"2s\"" },
        { "the longest delay", Plain + "retry.max = \"4m\"" },
        { nameof(WebhookDefinition.PoisonAttempts), Plain + "poison.attempts = 9" },
        { nameof(WebhookDefinition.ConflictIsDelivered), Plain + "conflict-is-delivered = true" },
        { nameof(WebhookDefinition.HttpVersion), Plain + "http-version = \"2\"" },
        { "another version of HTTP", Plain + "http-version = \"1.1\"" },
        { "a webhook more", Plain + Billing },
        { "nothing", "" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Whatever_is_configured_changes_it(string what, string toml) => Assert.False(HashOf(Plain) == HashOf(toml), what);

    [Fact]
    public void No_two_of_these_configurations_have_the_same() =>
        Assert.Equal(Changes.Count, Changes.Select(change => HashOf((string)change[1])).Distinct().Count());

    /// <summary>What a definition gets besides has to change the hash too, and stand above.</summary>
    [Fact]
    public void Every_property_of_a_definition_is_tried()
    {
        HashSet<string> tried = [.. Changes.Select(change => (string)change[0])];

        Assert.DoesNotContain(typeof(WebhookDefinition).GetProperties(), property => !tried.Contains(property.Name));
    }

    [Fact]
    public void Order_of_sections_and_keys_does_not_matter_and_neither_does_a_default_that_is_written_out()
    {
        const string other = $"[webhook.audit]\n{Token}timeout = \"30000ms\"\nthrottle = 1000\nenable = true\n{Headers}{Keys}{Events}{Url}";

        Assert.Equal(HashOf(Plain + Billing), HashOf(Billing + other));
    }

    // It crosses the network: nodes of two versions with one configuration have to say the same.
    [Fact]
    public void It_is_the_same_on_every_node_and_in_every_version() => Assert.Equal(0x4454_5CDF_F9FC_2DC4UL, HashOf(Plain));

    private static string With(string old, string changed) => Plain.Replace(old, changed, StringComparison.Ordinal);

    private static ulong HashOf(string toml)
    {
        var result = WebhookFile.Parse(toml, "test");
        Assert.Empty(result.Errors);
        return ConfigurationHash.Of(result.Webhooks);
    }
}
