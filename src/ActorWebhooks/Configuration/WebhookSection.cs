using ActorWebhooks.Configuration.Toml;
using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration;

/// <summary>All that a file says of one webhook, keys relative to <c>[webhook."id"]</c>.</summary>
internal sealed class WebhookSection(string id, TextPosition position)
{
    private readonly Dictionary<string, TomlEntry> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TextPosition> _tables = new(StringComparer.Ordinal);

    public string Id => id;

    /// <summary>Where the webhook is first mentioned.</summary>
    public TextPosition Position => position;

    public IReadOnlyDictionary<string, TomlEntry> Values => _values;

    /// <summary>Tables inside the section, such as <c>auth</c>.</summary>
    public IReadOnlyDictionary<string, TextPosition> Tables => _tables;

    /// <summary>False when there is a value of that key, or a header of that table, already.</summary>
    public bool TryAdd(string key, TomlEntry entry)
    {
        if (entry.IsHeader)
            return _tables.TryAdd(key, entry.Path[^1].Position);
        return _values.TryAdd(key, entry);
    }
}
