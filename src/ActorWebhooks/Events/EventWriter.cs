using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ActorWebhooks.Events;

/// <summary>
/// Writes events, one at a time, into a buffer that the thread keeps, so that all that is allocated for an event is the array that it
/// leaves with.
/// </summary>
#pragma warning disable CA1001 // The thread keeps it; its JSON writer holds nothing but memory.
internal sealed class EventWriter
#pragma warning restore CA1001
{
    // A buffer that one large event has blown up is not kept.
    private const int MostKept = 512 * 1024;

    [ThreadStatic]
    private static EventWriter? _ofThread;

    private readonly JsonSerializerOptions _options;
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json;

    private EventWriter(JsonSerializerOptions options)
    {
        _options = options;
        _json = new Utf8JsonWriter(
            _buffer, new JsonWriterOptions { Encoder = options.Encoder, MaxDepth = options.MaxDepth, SkipValidation = true });
    }

    /// <exception cref="ArgumentException">The data does not become a JSON object.</exception>
    public static byte[] Write<T>(string? id, DateTime createdAt, string type, T data, JsonTypeInfo<T> typeInfo)
    {
        var writer = _ofThread;

        // A converter may make an event while one is being made.
        _ofThread = null;
        if (writer?._options != typeInfo.Options)
            writer = new EventWriter(typeInfo.Options);
        try
        {
            return writer.WriteWhole(id, createdAt, type, data, typeInfo);
        }
        finally
        {
            writer._buffer.ResetWrittenCount();
            writer._json.Reset();
            _ofThread = writer._buffer.Capacity <= MostKept ? writer : null;
        }
    }

    private byte[] WriteWhole<T>(string? id, DateTime createdAt, string type, T data, JsonTypeInfo<T> typeInfo)
    {
        var headLength = EventEncoding.HeadLength(id?.Length ?? EventId.NewLength, type.Length);
        EventEncoding.WriteHead(_buffer.GetSpan(headLength), id, createdAt, type);
        _buffer.Advance(headLength);
        JsonSerializer.Serialize(_json, data, typeInfo);
        _json.Flush();
        var isNothing = EventData.IsNothing(_buffer.WrittenSpan[headLength..]);
        return EventEncoding.Close(isNothing ? _buffer.WrittenSpan[..headLength] : _buffer.WrittenSpan, isNothing ? EventData.Empty : []);
    }
}
