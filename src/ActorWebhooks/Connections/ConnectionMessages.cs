using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Connections;

/// <summary>A webhook that waited may start its attempt.</summary>
internal sealed class ConnectionGranted : INoSerializationVerificationNeeded, IDeadLetterSuppression
{
    public static readonly ConnectionGranted Instance = new();

    private ConnectionGranted()
    {
    }
}

/// <summary>Other webhooks wait for the connection that this one has held for a while without an answer.</summary>
/// <param name="Request">The one that it was granted for.</param>
internal sealed record ConnectionRecalled(long Request) : INoSerializationVerificationNeeded, IDeadLetterSuppression;
