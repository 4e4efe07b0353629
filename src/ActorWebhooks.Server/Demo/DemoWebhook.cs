using System.Security.Cryptography;
using ActorWebhooks.Server.Receiving;

namespace ActorWebhooks.Server.Demo;

/// <summary>A webhook that delivers to the server itself, so that the first command shows a delivery.</summary>
internal sealed class DemoWebhook
{
    private const string Path = "/demo/receiver";

    private readonly string _key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private DemoWebhook(Uri server) => Toml = $"""
        [webhook."demo"]
        url = "{new Uri(server, Path)}"
        events = "*"
        throttle = "100ms"
        signature-key = "{_key}"
        """;

    public string Toml { get; }

    public static DemoWebhook At(Uri server) => new(server);

    public void MapReceiver(IEndpointRouteBuilder app, TextWriter output) =>
        app.MapPost(Path, context => PrintingReceiver.ReceiveAsync(context, _key, output, isVerbose: false));
}
