using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using ActorWebhooks.Actors;
using ActorWebhooks.Cluster.Hosting;
using ActorWebhooks.Cluster.Tls;
using ActorWebhooks.Delivery.NameResolution;
using ActorWebhooks.Hosting;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote;
using Akka.Remote.Transport;

namespace ActorWebhooks.Cluster.Port;

/// <summary>
/// The port by which nodes reach each other, in the place of the one of Akka.Remote, which it speaks with. That one has no bound for connections,
/// and ends the whole node when TLS with one other node does not come about.
/// </summary>
#pragma warning disable CA1001 // Akka ends it with Shutdown, and disposes nothing.
internal sealed class PortTransport : Transport
#pragma warning restore CA1001
{
    private const int ReadAtOnce = 64 * 1024;

    // A node that comes back under its name may have another address.
    private static readonly NameResolutionSettings NamesOfNodes = new(NameResolutionSettings.MinThreads, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));

    private readonly PortSettings _settings;
    private readonly PortLimits _limits;
    private readonly ClusterTls? _tls;
    private readonly ILoggingAdapter _log;
    private readonly TimeSpan _timeToFlush;
    private readonly PeerSequences _sequences = new();
    private readonly PortNotice _dropped;
    private readonly NameResolver _names;
    private readonly ConcurrentDictionary<PortLink, bool> _links = new(ReferenceEqualityComparer.Instance);
    private readonly TaskCompletionSource<IAssociationEventListener> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action _stopListening = () => { };
    private readonly OpeningLinks _opening = new();
    private Address _self = Address.AllSystems;

    /// <summary>As Akka makes it.</summary>
    public PortTransport(ActorSystem system, Config config)
    {
        (System, Config) = (system, config);
        var setup = system.Settings.Setup.Get<ClusterTlsSetup>();
        _tls = setup.HasValue ? setup.Value.Tls : null;
        if (_tls is null && config.GetBoolean("enable-ssl"))
        {
            throw new ConfigurationException("akka.remote.dot-netty.tcp.enable-ssl = on is for the port of Akka.Remote, and this is another one: "
                + "give it certificates with WithClusterTls.");
        }

        _settings = PortSettings.Create(config);
        // What is wrong with them is told when the webhooks start.
        var own = system.Settings.Config.WithFallback(ClusterProfile.Config).GetConfig(WebhooksSettings.Section);
        _limits = PortLimits.Create(new SettingsReader(own, [])).WithinProcess();
        _log = Logging.GetLogger(system, typeof(PortTransport));
        _dropped = new PortNotice(_log, TimeProvider.System, PortNotice.MessageDropped);
        _timeToFlush = system.Settings.Config.GetTimeSpan("akka.remote.flush-wait-on-shutdown", TimeSpan.FromSeconds(2));
        _names = new NameResolver(host => Dns.GetHostAddresses(host, _settings.NameFamily), NamesOfNodes, TimeProvider.System, metrics: null);
        SchemeIdentifier = ClusterProtocol.SchemeOf(_tls);
        MaximumPayloadBytes = _settings.MaxFrame;
    }

    public override bool IsResponsibleFor(Address remote) => true;

    public override async Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen()
    {
        var address = await AddressOfAsync(_settings.Host).ConfigureAwait(false);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, _settings.Port));
            socket.Listen(_settings.Backlog);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new RemoteTransportException($"The port of the cluster, {_settings.Host}:{_settings.Port}, cannot be had: {e.Message}", e);
        }

        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        _self = new Address(SchemeIdentifier, System.Name, _settings.PublicHost, _settings.PublicPort ?? port);
        var listener = new PortListener(socket, _settings, _limits, _tls, new PortNotice(_log, TimeProvider.System, PortNotice.ConnectionRefused), ComeAsync);
        _stopListening = listener.Dispose;
        ((ExtendedActorSystem)System).SystemActorOf(ActorFactory.Props(() => new HalfOpenLinkActor(BreakOff)), "webhooks-half-open-links");
        _ = AcceptAsync(listener);
        return (_self, _listening);
    }

    public override async Task<AssociationHandle> Associate(Address remoteAddress)
    {
        using var patience = new CancellationTokenSource(_settings.ConnectTimeout);
        var verdict = new PeerVerdict();
        var opening = _opening.Enter(patience);
        Socket? socket = null;
        try
        {
            var address = await AddressOfAsync(remoteAddress.Host, patience.Token).ConfigureAwait(false);
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            _settings.Set(socket);
            await socket.ConnectAsync(address, remoteAddress.Port ?? 0, patience.Token).ConfigureAwait(false);
            Stream stream = new NetworkStream(socket);
            if (_tls is not null)
            {
                var secured = new SslStream(stream);
                stream = secured;
                await secured.AuthenticateAsClientAsync(_tls.Client(remoteAddress.Host, verdict), patience.Token).ConfigureAwait(false);
            }

            var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: ReadAtOnce, leaveOpen: true, useZeroByteReads: true));
            return LinkOf(remoteAddress, socket, stream, reader);
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException or OperationCanceledException or ObjectDisposedException)
        {
            socket?.Dispose();
            // Without the cause, Akka logs it as one line, and tries again.
            throw new InvalidAssociationException($"{remoteAddress} cannot be reached: {verdict.Fault ?? WhyOf(e)}");
        }
        finally
        {
            _opening.Leave(opening);
        }
    }

    public override async Task<bool> Shutdown()
    {
        _stopListening();
        await Task.WhenAny(Task.WhenAll(_links.Keys.Select(link => link.Ended)), Task.Delay(_timeToFlush)).ConfigureAwait(false);
        foreach (var link in _links.Keys)
            link.Close();
        _names.Dispose();
        await Task.WhenAll(_links.Keys.Select(link => link.Ended)).ConfigureAwait(false);
        return true;
    }

    // Of those that came in it is not known here whose they are; the other node opened them.
    private void BreakOff(Address remote)
    {
        foreach (var link in _links.Keys)
        {
            if (link.RemoteAddress.Port == remote.Port && string.Equals(link.RemoteAddress.Host, remote.Host, StringComparison.OrdinalIgnoreCase))
                link.Close();
        }
    }

    private static string WhyOf(Exception e) => e switch
    {
        OperationCanceledException => "it does not answer in time.",
        { InnerException: { } inner } => $"{e.Message} {inner.Message}",
        _ => e.Message,
    };

    private async Task AcceptAsync(PortListener listener)
    {
        await _listening.Task.ConfigureAwait(false);
        await listener.RunAsync().ConfigureAwait(false);
    }

    // Until it says who it is, it goes by where it comes from.
    private async Task ComeAsync(Socket socket, Stream stream, PipeReader reader)
    {
        var from = (IPEndPoint)socket.RemoteEndPoint!;
        var link = LinkOf(new Address(SchemeIdentifier, System.Name, HostOf(from.Address), from.Port), socket, stream, reader);
        var listener = await _listening.Task.ConfigureAwait(false);
        listener.Notify(new InboundAssociation(link));
        await link.Ended.ConfigureAwait(false);
    }

    private PortLink LinkOf(Address remote, Socket socket, Stream stream, PipeReader reader)
    {
        var link = new PortLink(
            _self, remote, socket, stream, reader, _settings.MaxFrame, new PeerGuard(_self, _sequences), _dropped, _timeToFlush, gone => _links.TryRemove(gone, out _));
        _links[link] = true;
        link.Start();
        return link;
    }

    private async Task<IPAddress> AddressOfAsync(string host, CancellationToken cancellationToken = default)
    {
        var found = await _names.ResolveAsync(host, cancellationToken).ConfigureAwait(false);
        return found.Length == 1 ? found[0]
            : Array.Find(found, candidate => !candidate.IsIPv6LinkLocal) ?? throw new SocketException((int)SocketError.HostNotFound);
    }

    private static string HostOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
}
