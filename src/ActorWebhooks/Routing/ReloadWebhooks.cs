using Akka.Actor;

namespace ActorWebhooks;

/// <summary>
/// Tells the router to read its webhook file again, as it does by itself when the file changes. It answers the sender with
/// <see cref="WebhooksReloaded"/>.
/// </summary>
public sealed class ReloadWebhooks : INoSerializationVerificationNeeded
{
    /// <summary>The message.</summary>
    public static readonly ReloadWebhooks Instance = new();

    private ReloadWebhooks()
    {
    }
}
