using System.Collections.Immutable;
using ActorWebhooks.Delivery.Egress;

namespace ActorWebhooks.Hosting;

/// <summary>The checked settings of where webhooks may connect to.</summary>
/// <param name="Proxy">Through which all requests go; null for none.</param>
internal sealed record EgressSettings(EgressRules Rules, Uri? Proxy)
{
    public static EgressSettings Create(SettingsReader reader) => new(
        new EgressRules(reader.Switch("egress.deny-private-networks"), RulesOf(reader, "egress.allow"), RulesOf(reader, "egress.deny")),
        reader.ProxyUrl("http.proxy"));

    private static ImmutableArray<EgressRule> RulesOf(SettingsReader reader, string key)
    {
        var rules = ImmutableArray.CreateBuilder<EgressRule>();
        foreach (var text in reader.Texts(key))
        {
            if (EgressRule.TryParse(text, out var rule))
                rules.Add(rule);
            else
                reader.Refuse(key, text, EgressRule.Accepted);
        }

        return rules.ToImmutable();
    }
}
