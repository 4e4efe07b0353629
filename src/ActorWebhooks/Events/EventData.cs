using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace ActorWebhooks.Events;

/// <summary>Turns what a caller hands over into the bytes of one compact JSON object.</summary>
internal static class EventData
{
    public const string Rule = "data must be one JSON object, such as {\"accountName\":\"jdoe\"}";

    public static readonly ReadOnlyMemory<byte> Empty = "{}"u8.ToArray();

    // The bytes are a request body and never part of an HTML page, so nothing needs escaping beyond JSON's own rules.
    private static readonly JsonSerializerOptions Serialization = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static ReadOnlyMemory<byte> Serialize<T>(T data) =>
        data is null ? Empty : AsObject(JsonSerializer.SerializeToUtf8Bytes(data, Serialization));

    public static ReadOnlyMemory<byte> Serialize<T>(T data, JsonTypeInfo<T> typeInfo) =>
        data is null ? Empty : Compact(AsObject(JsonSerializer.SerializeToUtf8Bytes(data, typeInfo)), typeInfo.Options.WriteIndented);

    /// <summary>Copies <paramref name="utf8Json"/> after checking it; white space between tokens goes.</summary>
    public static ReadOnlyMemory<byte> Capture(ReadOnlySpan<byte> utf8Json)
    {
        if (!Utf8.IsValid(utf8Json))
            throw new ArgumentException($"{Rule}; found bytes that are not UTF-8.", nameof(utf8Json));

        int compactLength;
        try
        {
            compactLength = Measure(utf8Json);
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"{Rule}; {e.Message}", nameof(utf8Json), e);
        }

        return compactLength == utf8Json.Length ? utf8Json.ToArray() : Compact(utf8Json, compactLength);
    }

    private static ReadOnlyMemory<byte> Compact(ReadOnlyMemory<byte> json, bool isIndented) => isIndented ? Capture(json.Span) : json;

    // What a null JsonElement or a converter writes as null is no data, like null itself.
    private static ReadOnlyMemory<byte> AsObject(byte[] data) => data[0] switch
    {
        (byte)'{' => data,
        (byte)'n' => Empty,
        var first => throw new ArgumentException($"{Rule}; found {Describe(first)}.", nameof(data)),
    };

    private static int Measure(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException($"found {Describe(reader.TokenType)}.");
        while (reader.Read())
        {
            // Reading to the end is what checks the document.
        }

        return json.Length - CountWhiteSpaceBetweenTokens(json);
    }

    private static int CountWhiteSpaceBetweenTokens(ReadOnlySpan<byte> json)
    {
        var count = 0;
        var inString = false;
        for (var i = 0; i < json.Length; i++)
        {
            switch (json[i])
            {
                case (byte)'"':
                    inString = !inString;
                    break;
                case (byte)'\\':
                    i++;
                    break;
                case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' when !inString:
                    count++;
                    break;
            }
        }

        return count;
    }

    private static byte[] Compact(ReadOnlySpan<byte> json, int length)
    {
        var compact = new byte[length];
        var written = 0;
        var inString = false;
        for (var i = 0; i < json.Length; i++)
        {
            var b = json[i];
            if (b == (byte)'"')
                inString = !inString;
            else if (!inString && b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
                continue;

            compact[written++] = b;
            if (b == (byte)'\\')
                compact[written++] = json[++i];
        }

        return compact;
    }

    private static string Describe(byte first) => first switch
    {
        (byte)'[' => "an array",
        (byte)'"' => "a string",
        _ => "a number or a boolean",
    };

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.None => "nothing",
        _ => "a number, a boolean or null",
    };
}
