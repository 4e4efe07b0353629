using Akka.Configuration;

namespace ActorWebhooks.Hardening;

/// <summary>The settings of <c>hocon/hardening.conf</c>.</summary>
internal static class HardeningProfile
{
    public static Config Config { get; } =
        ConfigurationFactory.FromResource("ActorWebhooks.hardening.conf", typeof(HardeningProfile).Assembly);
}
