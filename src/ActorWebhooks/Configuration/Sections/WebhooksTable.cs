using ActorWebhooks.Configuration.Keys;
using ActorWebhooks.Configuration.Toml;
using ActorWebhooks.Configuration.Values;
using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Sections;

/// <summary>What stands under <c>webhook</c>: a section for each id.</summary>
internal sealed class WebhooksTable(Faults faults, DefinitionReader definitions) : Table
{
    public const string Accepted = "one section a webhook, [webhook.\"id\"], with its keys below it";

    private const int MaxIdLength = 128;

    private readonly Dictionary<string, WebhookSection> _byId = new(StringComparer.Ordinal);

    private bool _isMissingIdReported;

    /// <summary>In the order of the file, those with an id given twice included.</summary>
    public List<WebhookSection> Sections { get; } = [];

    public override Table? Enter(KeySegment name, Opening how)
    {
        if (!_byId.TryGetValue(name.Name, out var section))
        {
            CheckId(name);
            section = Add(name);
        }

        if (section.TryOpen(how, name.At))
            return section;

        faults.Add(
            name.At, $"webhook {Quoted.Show(name.Name)} is defined twice, first on line {section.At.Line}; give each webhook its own id");
        section = Add(name);
        section.TryOpen(how, name.At);
        return section;
    }

    public override void Assign(KeySegment name, ValueSyntax value)
    {
        if (value is InlineTableSyntax inline)
        {
            AssignInline(name, inline);
        }
        else if (WebhookKeys.Find(name.Name) is null)
        {
            faults.Add(name.At, $"webhook {Quoted.Show(name.Name)} is not a table; accepted: {Accepted}");
        }
        else if (!_isMissingIdReported)
        {
            _isMissingIdReported = true;
            faults.Add(name.At, $"{name.Name} belongs to no webhook, an id is missing; accepted: {Accepted}");
        }
    }

    private WebhookSection Add(KeySegment id)
    {
        var section = new WebhookSection(id, faults, definitions);
        _byId[id.Name] = section;
        Sections.Add(section);
        return section;
    }

    private void CheckId(KeySegment id)
    {
        if (id.Name.Length is 0 or > MaxIdLength || id.Name is "." or ".." || id.Name.Any(char.IsControl))
        {
            faults.Add(
                id.At, $"webhook {Quoted.Show(id.Name)}: not an id; accepted: 1 to {MaxIdLength} characters, none of them a control character, and neither . nor ..");
        }
    }
}
