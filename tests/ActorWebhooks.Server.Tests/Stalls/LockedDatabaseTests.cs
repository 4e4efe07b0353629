using System.Net;
using System.Net.Http.Json;
using ActorWebhooks.Server.Storage.Sqlite;
using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Stalls.Harness;
using ActorWebhooks.Server.Tests.Testing;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Stalls;

[Collection(TimedAlone.Name)]
public sealed class LockedDatabaseTests(ITestOutputHelper output) : IDisposable
{
    private const int Durable = 200;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(8);

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Sqlite_file_that_another_program_locks_delays_neither_webhooks_that_do_not_use_it_nor_liveness()
    {
        await using var neighbour = await GoodNeighbour.StartAsync();
        var durable = string.Concat(Enumerable.Range(0, Durable).Select(i => $"""
            [webhook.durable-{i}]
            url = "http://127.0.0.1:{neighbour.Port}/durable"
            events = "durable.*"
            throttle = "100ms"

            """));
        var config = _folder.Write("webhooks.toml", neighbour.Toml("good", "127.0.0.1") + "lossy = true\n" + durable);
        using var server = new ServerProcess(["--config", config, "--data", _folder.Path]);
        var url = await server.Url.Patiently() ?? throw new InvalidOperationException(server.Error.Text);
        await neighbour.DeliverAsync(url, "good");
        using var http = new HttpClient();
        using var accepted = await http.PostAsJsonAsync(new Uri(url, "/api/events"), new { type = "durable.test" });
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);

        await using var database = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, SqliteStore.FileName)};Pooling=False");
        await database.OpenAsync();
        await using var transaction = await database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable);
        await neighbour.DeliverAsync(url, "good");
        neighbour.StartOver();
        var waiting = Enumerable.Range(0, 20).Select(_ => http.PostAsJsonAsync(new Uri(url, "/api/events"), new { type = "durable.test" })).ToList();
        using var noise = new MachineNoise();
        await neighbour.MeasureAsync(url, Time, "good");
        output.WriteLine($"deliveries {neighbour.Deliveries}\nliveness {neighbour.Liveness}\nlateness of the machine {noise.Lateness}");
        await transaction.RollbackAsync();
        foreach (var response in await Task.WhenAll(waiting).Patiently())
            response.Dispose();

        Assert.InRange(neighbour.Deliveries.P99, TimeSpan.Zero, noise.Allow(TimeSpan.FromMilliseconds(50)));
        Assert.InRange(neighbour.Liveness.P99, TimeSpan.Zero, noise.Allow(TimeSpan.FromMilliseconds(100)));
        await server.StopAsync().Patiently();
        Assert.Equal(0, server.ExitCode);
    }
}
