using System.Text.Json.Serialization;

namespace ActorWebhooks.Benchmarks.Events;

/// <summary>How a <see cref="SignIn"/> is written, worked out by the compiler.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SignIn))]
internal sealed partial class SignInJson : JsonSerializerContext;
