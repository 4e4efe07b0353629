using System.Net;
using ActorWebhooks.Server.Intake;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace ActorWebhooks.Server.Hosting;

/// <summary>Kestrel's sockets, accepted by a <see cref="PatientListener"/>.</summary>
internal sealed class PatientListenerFactory(ListenSocket socket, ConnectionSeats seats, ILoggerFactory loggers) : IConnectionListenerFactory
{
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IConnectionListener>(new PatientListener(
            socket.Socket,
            new SocketConnectionContextFactory(
                new SocketConnectionFactoryOptions(), loggers.CreateLogger("Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets")),
            seats,
            loggers.CreateLogger<PatientListener>(),
            TimeProvider.System));
}
