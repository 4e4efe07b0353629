using System.Diagnostics;
using ActorWebhooks.LoadTest.Databases;
using Akka.Actor;

namespace ActorWebhooks.LoadTest.Contenders;

/// <summary>This engine: an event is made of the object and told to the router.</summary>
/// <param name="isSourceGenerated">Whether the JSON metadata of the object is source-generated, or found by reflection.</param>
/// <param name="createDatabase">Makes the database for the journal; null: events are in memory only.</param>
internal sealed class EngineContender(bool isSourceGenerated, Func<Task<IDatabase>>? createDatabase = null) : IContender
{
    private const string Hocon = "actor-webhooks { max-event-bytes = 1MiB, outbox { max-bytes = 1GiB, max-node-bytes = 4GiB } }";

    private readonly EngineRefusals _refusals = new();
    private IDatabase? _database;
    private Engine? _engine;
    private IActorRef _router = null!;

    public Process? Helper => _database?.Server;

    public async Task StartAsync(Target target)
    {
        if (createDatabase is not null)
            _database = await createDatabase();
        _engine = await Engine.StartAsync(EngineToml.Of(target), _database?.Connection, Hocon);
        _router = _engine.Router;
    }

    public ValueTask SendAsync(string type, SignIn data)
    {
        _router.Tell(
            isSourceGenerated ? WebhookEvent.Create(type, data, SignInJson.Default.SignIn) : WebhookEvent.Create(type, data),
            ActorRefs.NoSender);
        return ValueTask.CompletedTask;
    }

    public int TakeRefused() => _refusals.Take();

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
            await _engine.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
        _refusals.Dispose();
    }
}
