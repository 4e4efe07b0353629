using System.Text.Json.Serialization;

namespace ActorWebhooks.LoadTest.Contenders;

/// <summary>An event as one would write it down for JsonSerializer.</summary>
public sealed record HandEvent(Guid Id, DateTime CreatedAt, string Type, SignIn Data)
{
    public static HandEvent Create(string type, SignIn data) => new(Guid.CreateVersion7(), DateTime.UtcNow, type, data);
}

/// <summary>The body of a request.</summary>
internal sealed record HandBatch(List<HandEvent> Events);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(HandBatch))]
[JsonSerializable(typeof(HandEvent))]
internal sealed partial class HandJson : JsonSerializerContext;
