using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorWebhooks.Server.Api.Status;

/// <summary>
/// JSON that was checked when it was accepted, written as it stands: a reader or writer of today may take offence at what it holds, as at half a
/// surrogate pair, and the whole answer would fail.
/// </summary>
[JsonConverter(typeof(Converter))]
internal readonly record struct RawJson(ReadOnlyMemory<byte> Utf8)
{
    internal sealed class Converter : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }
}
