using System.Text;
using System.Text.Json.Serialization.Metadata;
using ActorWebhooks.Events;

namespace ActorWebhooks;

/// <summary>
/// One immutable fact that webhooks may be listening for. Its data is turned into UTF-8 JSON when the event is made, once,
/// whatever the number of webhooks that it goes to; changing the object afterwards changes nothing.
/// </summary>
public sealed class WebhookEvent
{
    private readonly byte[] _encoded;
    private readonly DateTime _createdAt;
    private readonly int _idLength;
    private string? _id;

    private WebhookEvent(byte[] encoded, int idLength, DateTime createdAt, string type) =>
        (_encoded, _idLength, _createdAt, Type) = (encoded, idLength, createdAt, type);

    /// <summary>What receivers tell repeats by: the same through retries, replays and hops. UUID version 7 unless given.</summary>
    public string Id => _id ??= EventEncoding.IdOf(_encoded);

    /// <summary>Dotted name, such as <c>auth.success</c>; what the patterns of the webhooks are matched against.</summary>
    public string Type { get; }

    /// <summary>When the fact came about, in UTC; sent with millisecond precision.</summary>
    public DateTimeOffset CreatedAt => new(_createdAt);

    /// <summary>The UTF-8 bytes of one compact JSON object.</summary>
    public ReadOnlyMemory<byte> Data => _encoded.AsMemory(HeadLength, DataLength);

    /// <summary>The event as it is sent.</summary>
    internal ReadOnlySpan<byte> Encoded => _encoded;

    internal int DataLength => _encoded.Length - HeadLength - 1;

    private int HeadLength => EventEncoding.HeadLength(_idLength, Type.Length);

    /// <summary>
    /// Makes an event from an object, serialized here with System.Text.Json (member names in camel case). Where speed or
    /// trimming matters, use the overload that takes source-generated metadata.
    /// </summary>
    /// <typeparam name="T">Any type that System.Text.Json turns into a JSON object.</typeparam>
    /// <param name="type">1 to 128 characters of <c>A-Z a-z 0-9 _ - .</c>, with no empty segment.</param>
    /// <param name="data">What happened; null is <c>{}</c>.</param>
    /// <param name="id">1 to 128 visible ASCII characters without quotation mark and backslash; default a new UUID version 7.</param>
    /// <param name="createdAt">Default now.</param>
    /// <exception cref="ArgumentException">The type or id is malformed, or the data is not a JSON object.</exception>
    public static WebhookEvent Create<T>(string type, T data, string? id = null, DateTimeOffset? createdAt = null)
    {
        return Create(type, data, EventData.TypeInfoOf<T>(), id, createdAt);
    }

    /// <inheritdoc cref="Create{T}(string, T, string?, DateTimeOffset?)"/>
    /// <param name="type">1 to 128 characters of <c>A-Z a-z 0-9 _ - .</c>, with no empty segment.</param>
    /// <param name="data">What happened; null is <c>{}</c>.</param>
    /// <param name="typeInfo">Serialization metadata, as a rule from a <c>JsonSerializerContext</c>; its naming rules hold.</param>
    /// <param name="id">1 to 128 visible ASCII characters without quotation mark and backslash; default a new UUID version 7.</param>
    /// <param name="createdAt">Default now.</param>
    public static WebhookEvent Create<T>(
        string type, T data, JsonTypeInfo<T> typeInfo, string? id = null, DateTimeOffset? createdAt = null)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        Check(type, id);
        var at = (createdAt ?? DateTimeOffset.UtcNow).UtcDateTime;
        var encoded = data is null
            ? EventEncoding.Capture(id, at, type, EventData.Empty)
            : EventWriter.Write(id, at, type, data, typeInfo);
        return new WebhookEvent(encoded, id?.Length ?? EventId.NewLength, at, type);
    }

    /// <summary>Makes an event from JSON that is at hand. The bytes are checked, copied and stripped of white space between tokens.</summary>
    /// <param name="type">1 to 128 characters of <c>A-Z a-z 0-9 _ - .</c>, with no empty segment.</param>
    /// <param name="utf8Json">One JSON object, UTF-8, at most 64 levels deep.</param>
    /// <param name="id">1 to 128 visible ASCII characters without quotation mark and backslash; default a new UUID version 7.</param>
    /// <param name="createdAt">Default now.</param>
    /// <exception cref="ArgumentException">The type or id is malformed, or the bytes are not one JSON object.</exception>
    public static WebhookEvent FromJson(
        string type, ReadOnlySpan<byte> utf8Json, string? id = null, DateTimeOffset? createdAt = null)
    {
        Check(type, id);
        var at = (createdAt ?? DateTimeOffset.UtcNow).UtcDateTime;
        return new WebhookEvent(EventEncoding.Capture(id, at, type, utf8Json), id?.Length ?? EventId.NewLength, at, type);
    }

    /// <inheritdoc cref="FromJson(string, ReadOnlySpan{byte}, string?, DateTimeOffset?)"/>
    /// <param name="type">1 to 128 characters of <c>A-Z a-z 0-9 _ - .</c>, with no empty segment.</param>
    /// <param name="json">One JSON object, at most 64 levels deep.</param>
    /// <param name="id">1 to 128 visible ASCII characters without quotation mark and backslash; default a new UUID version 7.</param>
    /// <param name="createdAt">Default now.</param>
    public static WebhookEvent FromJson(string type, string json, string? id = null, DateTimeOffset? createdAt = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        return FromJson(type, Encoding.UTF8.GetBytes(json), id, createdAt);
    }

    /// <summary>Type and id; the data, which may be confidential, is left out.</summary>
    /// <returns>Text for people.</returns>
    public override string ToString() => $"{Type} {Id}";

    /// <summary>An event that was sent or was to be sent, with the milliseconds that it was sent with.</summary>
    internal static WebhookEvent Decode(ReadOnlySpan<byte> encoded)
    {
        EventEncoding.Read(encoded, out var idLength, out var createdAt, out var type);
        return new WebhookEvent(encoded.ToArray(), idLength, createdAt, type);
    }

    private static void Check(string type, string? id)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!EventType.IsKnownOrValid(type))
            throw new ArgumentException($"'{Shorten(type)}' is not an event type: {EventType.Rule}.", nameof(type));
        if (id is not null && !EventId.IsValid(id))
            throw new ArgumentException($"'{Shorten(id)}' is not an event id: {EventId.Rule}.", nameof(id));
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : $"{text.AsSpan(0, 40)}…";
}
