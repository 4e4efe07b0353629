using System.Diagnostics;
using System.Text.Json;
using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.EndToEnd;

/// <summary>A real process that gets SIGHUP, which ended it without a drain before.</summary>
public sealed class HangUpTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Hang_up_has_the_file_read_again_and_the_server_runs_on()
    {
        var config = _folder.Write("webhooks.toml", Webhook("before"));
        var hocon = _folder.Write("node.conf", "actor-webhooks { reload-quiet-time = 1h, drain-timeout = 100ms }");

        // The tests may have been started by something that ignores the signal, as nohup does.
        using var server = new ServerProcess(["env", "--default-signal=HUP"], ["--config", config, "--in-memory", "--hocon", hocon], []);
        using var http = new HttpClient { BaseAddress = await server.Url.Patiently() };

        _folder.Write("webhooks.toml", Webhook("after"));
        await HangUpAsync(server);
        await server.Error.Shows("SIGHUP: the webhook file was read again: 1 webhooks added, 1 removed, 0 changed");
        await Patience.Until(() => IdsAsync(http), ids => ids == "after");

        _folder.Write("webhooks.toml", "[webhook.a]\nurl = 1\nevents = \"*\"\n");
        await HangUpAsync(server);
        await server.Error.Shows($"SIGHUP: nothing was changed, and the webhooks run as before. Errors: 1, the first: {config}:2:7: url = 1");
        Assert.Equal("after", await IdsAsync(http));

        await server.StopAsync().Patiently();
        Assert.Equal(0, server.ExitCode);
    }

    private static async Task<string> IdsAsync(HttpClient http)
    {
        var list = JsonSerializer.Deserialize<JsonElement>(await http.GetByteArrayAsync(new Uri("/api/webhooks", UriKind.Relative)));
        return string.Join(',', list.GetProperty("webhooks").EnumerateArray().Select(webhook => webhook.GetProperty("id").GetString()));
    }

    private static async Task HangUpAsync(ServerProcess server)
    {
        using var kill = Process.Start("kill", ["-HUP", $"{server.Id}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    private static string Webhook(string id) => $"[webhook.{id}]\nurl = \"http://127.0.0.1:1/\"\nevents = \"*\"\n";
}
