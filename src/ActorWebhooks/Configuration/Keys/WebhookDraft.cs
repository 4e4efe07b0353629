using System.Collections.Immutable;
using ActorWebhooks.Configuration.Toml;
using ActorWebhooks.Matching;

namespace ActorWebhooks.Configuration.Keys;

/// <summary>A webhook while its section is read: what needs no other key is in the definition already, the rest waits for its rule.</summary>
internal sealed class WebhookDraft(string id)
{
    private static readonly Uri NoUrl = new("about:blank");

    private readonly List<GivenKey> _given = [];

    private List<(CustomHeader Header, Position At)>? _headers;

    private List<Pattern>? _morePatterns;

    public WebhookDefinition Definition { get; set; } = new() { Id = id, Url = NoUrl, Events = [] };

    public ImmutableArray<(string Text, Position At)> SignatureKeys { get; set; } = [];

    public List<(CustomHeader Header, Position At)> Headers => _headers ??= [];

    /// <summary>Those that were given one by one.</summary>
    public List<Pattern> MorePatterns => _morePatterns ??= [];

    public bool HasHeaders => _headers is { Count: > 0 };

    public bool HasMorePatterns => _morePatterns is { Count: > 0 };

    public string? Username { get; set; }

    public string? Secret { get; set; }

    public string? Token { get; set; }

    public void Add(GivenKey key) => _given.Add(key);

    /// <summary>Null if the section does not hold it. A refused one is found: that is no reason to call it missing.</summary>
    public GivenKey? Find(string key)
    {
        foreach (var given in _given)
        {
            if (given.Key.Name == key)
                return given;
        }

        return null;
    }
}
