using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace ActorWebhooks.Events;

/// <summary>Turns what a caller hands over into the bytes of one compact JSON object.</summary>
internal static class EventData
{
    public const string Rule = "data must be one JSON object, such as {\"accountName\":\"jdoe\"}";

    // The bytes are a request body and never part of an HTML page, so nothing needs escaping beyond JSON's own rules.
    private static readonly JsonSerializerOptions Serialization = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private const int DeepestShown = 1000;

    private static readonly SearchValues<byte> WhiteSpace = SearchValues.Create(" \t\r\n"u8);

    public static ReadOnlySpan<byte> Empty => "{}"u8;

    /// <summary>The metadata of a type, found by reflection.</summary>
    public static JsonTypeInfo<T> TypeInfoOf<T>() => (JsonTypeInfo<T>)Serialization.GetTypeInfo(typeof(T));

    /// <summary>Whether what was written is no data, like null itself: a null JsonElement, or what a converter wrote.</summary>
    /// <exception cref="ArgumentException">It is not an object either.</exception>
    public static bool IsNothing(ReadOnlySpan<byte> json) => json[0] switch
    {
        (byte)'{' => false,
        (byte)'n' => true,
        var first => throw new ArgumentException($"{Rule}; found {Describe(first)}.", nameof(json)),
    };

    /// <summary>Whether bytes that another node or the database has brought are what data is, so that they can be shown as they stand.</summary>
    public static bool IsObject(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            return false;
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DeepestShown });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            while (reader.Read())
            {
                // Reading to the end is what checks the document.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>How long JSON that a caller brings will be without the white space between its tokens.</summary>
    /// <exception cref="ArgumentException">It is not one JSON object.</exception>
    public static int MeasureCompact(ReadOnlySpan<byte> utf8Json)
    {
        if (!Utf8.IsValid(utf8Json))
            throw new ArgumentException($"{Rule}; found bytes that are not UTF-8.", nameof(utf8Json));
        try
        {
            return Measure(utf8Json);
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"{Rule}; {JsonFault.Describe(e)}.", nameof(utf8Json), e);
        }
    }

    /// <param name="json">Measured before.</param>
    /// <param name="compact">As long as that said.</param>
    public static void CopyCompact(ReadOnlySpan<byte> json, Span<byte> compact)
    {
        if (json.Length == compact.Length)
        {
            json.CopyTo(compact);
            return;
        }

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
    }

    private static int Measure(ReadOnlySpan<byte> utf8Json)
    {
        var reader = new Utf8JsonReader(utf8Json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new ArgumentException($"{Rule}; found {Describe(reader.TokenType)}.", nameof(utf8Json));
        while (reader.Read())
        {
            // Reading to the end is what checks the document.
        }

        return utf8Json.Length - CountWhiteSpaceBetweenTokens(utf8Json);
    }

    private static int CountWhiteSpaceBetweenTokens(ReadOnlySpan<byte> json)
    {
        if (json.IndexOfAny(WhiteSpace) < 0)
            return 0;
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
