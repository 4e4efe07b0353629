using System.Text.Json.Serialization;
using ActorWebhooks.LoadTest.Backlog;
using ActorWebhooks.LoadTest.Databases;
using ActorWebhooks.LoadTest.Receiving;
using ActorWebhooks.LoadTest.Running;

namespace ActorWebhooks.LoadTest;

/// <summary>What the processes of a run tell each other.</summary>
[JsonSerializable(typeof(LoadPlan))]
[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(ArrivalReport))]
[JsonSerializable(typeof(DatabaseConnection))]
[JsonSerializable(typeof(MemoryReport))]
internal sealed partial class LoadJson : JsonSerializerContext;
