using ActorWebhooks.Server.Hosting;

namespace ActorWebhooks.Server.Receiving;

/// <summary>A receiver on loopback that prints every request.</summary>
internal sealed class ListenHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ListenHost(WebApplication app, Uri url)
    {
        _app = app;
        Url = url;
    }

    public Uri Url { get; }

    /// <exception cref="ServerRefusedException">The port is taken, or the key is none.</exception>
    public static async Task<ListenHost> StartAsync(int port, string? signatureKey, TextWriter output, CancellationToken cancellationToken)
    {
        if (signatureKey is "")
            throw new ServerRefusedException("--signature-key is empty; accepted is the signature-key of the webhook.");
        var address = ListenAddress.BindLoopback(port);
        var app = QuietWebHost.CreateBuilder(address, PrintingReceiver.MaxBodyBytes).Build();
        app.Run(context => PrintingReceiver.ReceiveAsync(context, signatureKey, output, isVerbose: true));
        await app.StartAsync(cancellationToken);
        await output.WriteLineAsync($"Listening on {address.Url} for webhooks; any path will do. Ctrl-C stops.{Environment.NewLine}");
        return new ListenHost(app, address.Url);
    }

    public Task WaitForStopAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
