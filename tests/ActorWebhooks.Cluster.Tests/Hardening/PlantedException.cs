using System.Runtime.Serialization;

namespace ActorWebhooks.Cluster.Tests.Hardening;

/// <summary>Counts how often one was made of what came in.</summary>
[Serializable]
public sealed class PlantedException : Exception
{
    private static int _read;

    public PlantedException()
    {
    }

#pragma warning disable SYSLIB0051 // It is what Akka.Remote calls.
    private PlantedException(SerializationInfo info, StreamingContext context)
        : base(info, context) => Interlocked.Increment(ref _read);
#pragma warning restore SYSLIB0051

    public static int Read => Volatile.Read(ref _read);
}
