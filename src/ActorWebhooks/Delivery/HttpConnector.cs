using System.Net;
using System.Net.Sockets;
using ActorWebhooks.Delivery.Egress;

namespace ActorWebhooks.Delivery;

/// <summary>Opens connections to a named host: its addresses in turn, until one answers.</summary>
/// <param name="resolve">The addresses of a name; that of an address is itself.</param>
/// <param name="silence">How long an address may say nothing before the next is tried.</param>
/// <param name="rules">Where it may connect to; null for what always holds.</param>
internal sealed class HttpConnector(Func<string, CancellationToken, Task<IPAddress[]>> resolve, TimeSpan silence, EgressRules? rules = null)
{
    /// <summary>Time enough for a lost packet to be sent again.</summary>
    public static readonly TimeSpan DefaultSilence = TimeSpan.FromSeconds(3);

    private readonly EgressRules _rules = rules ?? EgressRules.AlwaysOn;

    /// <exception cref="TargetRefusedException">It has no address that may be connected to.</exception>
    /// <exception cref="SocketException">The name has no address, or none answers: what the last one said.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint endpoint, CancellationToken cancellationToken)
    {
        var addresses = Permitted(endpoint, await resolve(endpoint.Host, cancellationToken).ConfigureAwait(false));
        for (var i = 0; i < addresses.Length - 1; i++)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(silence);
            try
            {
                return await ConnectAsync(new IPEndPoint(addresses[i], endpoint.Port), patience.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // The next one may answer.
            }
        }

        return addresses.Length == 0
            ? throw new SocketException((int)SocketError.HostNotFound)
            : await ConnectAsync(new IPEndPoint(addresses[^1], endpoint.Port), cancellationToken).ConfigureAwait(false);
    }

    private IPAddress[] Permitted(DnsEndPoint endpoint, IPAddress[] addresses)
    {
        var permitted = Array.FindAll(addresses, address => _rules.MayConnect(endpoint.Host, address, endpoint.Port));
        return permitted.Length > 0 || addresses.Length == 0 ? permitted : throw new TargetRefusedException();
    }

    private static async Task<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
