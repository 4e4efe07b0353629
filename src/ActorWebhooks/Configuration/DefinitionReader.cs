using ActorWebhooks.Configuration.Keys;
using ActorWebhooks.Configuration.Macros;
using ActorWebhooks.Configuration.Sections;
using ActorWebhooks.Configuration.Toml;
using ActorWebhooks.Configuration.Values;

namespace ActorWebhooks.Configuration;

/// <summary>Turns one section into a definition.</summary>
internal sealed class DefinitionReader(Faults faults, MacroExpander macros)
{
    /// <param name="section">With known keys.</param>
    /// <param name="isComplete">False if a part of the file could not be read, so that nothing can be called missing.</param>
    public WebhookDefinition Read(WebhookSection section, bool isComplete)
    {
        var draft = new WebhookDraft(section.Id) { IsMissing = key => isComplete && !section.Mentions(key) };
        foreach (var (name, entry) in section.Entries)
        {
            var key = WebhookKeys.Find(name)!;
            var before = faults.Count;
            draft.Given[name] = entry.Value;
            key.Read(new KeyReading(key, faults, macros), entry.Value, draft);
            if (faults.Count > before)
                draft.Refused.Add(name);
        }

        if (isComplete)
            RequireKeys(section);
        return WebhookRules.Complete(draft, faults);
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
