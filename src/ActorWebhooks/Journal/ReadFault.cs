using System.Data.Common;
using System.Net.Sockets;
using System.Runtime.Serialization;
using Akka.Pattern;

namespace ActorWebhooks.Journal;

/// <summary>Why rows could not be read. A plugin tells a row of which a serializer can make nothing in the same way as a database that is away.</summary>
internal static class ReadFault
{
    /// <summary>The journal could not read, and will again: no row is to be given up for it.</summary>
    public static bool IsOfJournal(Exception cause) => Any(cause, static e => e
        is DbException or TimeoutException or OperationCanceledException or OpenCircuitException or SocketException
        or ObjectDisposedException or OutOfMemoryException
        || e.GetType() == typeof(IOException)); // What derives from it comes of assemblies that are not found, and of bytes that are no Protobuf.

    /// <summary>A serializer could make nothing of what stands in a row.</summary>
    public static bool IsOfRow(Exception cause) => Any(cause, static e => e is SerializationException);

    private static bool Any(Exception cause, Predicate<Exception> predicate)
    {
        for (var e = cause; e is not null; e = e.InnerException)
        {
            if (predicate(e))
                return true;
        }

        return false;
    }
}
