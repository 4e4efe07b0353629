using ActorWebhooks.Configuration.Keys;
using ActorWebhooks.Configuration.Macros;
using ActorWebhooks.Configuration.Sections;
using ActorWebhooks.Configuration.Toml;
using ActorWebhooks.Configuration.Values;
using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration;

/// <summary>Turns sections into definitions: each value when it is met, as its syntax is not kept, and their rules at the end.</summary>
internal sealed class DefinitionReader(Faults faults, Faults warnings, MacroExpander macros)
{
    private readonly SharedPatterns _patterns = new();

    public void Read(WebhookKey key, Position at, ValueSyntax value, WebhookDraft draft)
    {
        var before = faults.Count;
        key.Read(new KeyReading(key, faults, warnings, macros, _patterns), value, draft);
        draft.Add(new GivenKey(key, at, Position.Of(value), IsRefused: faults.Count > before));
    }

    /// <summary>Reads one element of a key that takes several, <c>events.0000 = "auth.*"</c>.</summary>
    public void ReadElement(WebhookKey key, Position at, ValueSyntax value, WebhookDraft draft)
    {
        var before = faults.Count;
        key.ReadElement!(new KeyReading(key, faults, warnings, macros, _patterns), value, draft);
        if (draft.Find(key.Name) is null || faults.Count > before)
            draft.Add(new GivenKey(key, at, Position.Of(value), IsRefused: faults.Count > before));
    }

    /// <param name="section">With all of its keys.</param>
    /// <param name="isComplete">False if a part of the file could not be read, so that nothing can be called missing.</param>
    public WebhookDefinition Complete(WebhookSection section, bool isComplete)
    {
        if (isComplete)
            RequireKeys(section);
        return WebhookRules.Complete(section.Draft, isMissing: key => isComplete && !section.Mentions(key), faults, warnings);
    }

    private void RequireKeys(WebhookSection section)
    {
        foreach (var key in WebhookKeys.All)
        {
            if (key.IsRequired && !section.Mentions(key.Name))
                faults.Add(section.At, $"webhook {Quoted.Show(section.Id)}: {key.Name} is missing; accepted: {key.Accepted}");
        }
    }
}
