using System.Text.Json.Serialization;

namespace ActorWebhooks.LoadTest.Databases;

/// <summary>The databases that journals are measured on.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DatabaseKind>))]
internal enum DatabaseKind
{
    Sqlite,
    Postgres,
}
