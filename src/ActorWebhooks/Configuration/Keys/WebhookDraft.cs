using ActorWebhooks.Configuration.Toml;
using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Keys;

/// <summary>A webhook while its section is read: what needs no other key is in the definition already, the rest waits for its rule.</summary>
internal sealed class WebhookDraft(string id)
{
    private static readonly Uri NoUrl = new("about:blank");

    public WebhookDefinition Definition { get; set; } = new() { Id = id, Url = NoUrl, Events = [] };

    /// <summary>Whether a key can be called missing: it stands nowhere, not even misspelt or in a part that could not be read.</summary>
    public required Predicate<string> IsMissing { get; init; }

    public List<(string Text, Position At)> SignatureKeys { get; } = [];

    public List<(CustomHeader Header, Position At)> Headers { get; } = [];

    public string? Username { get; set; }

    public string? Secret { get; set; }

    public string? Token { get; set; }

    /// <summary>Every key of the section with its value, refused ones included: those are no reason to call it missing.</summary>
    public Dictionary<string, ValueSyntax> Given { get; } = new(StringComparer.Ordinal);

    /// <summary>Keys that were reported already and of which no more can be said.</summary>
    public HashSet<string> Refused { get; } = new(StringComparer.Ordinal);
}
