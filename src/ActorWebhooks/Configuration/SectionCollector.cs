using ActorWebhooks.Configuration.Toml;

namespace ActorWebhooks.Configuration;

/// <summary>Sorts the entries of a file into one section for each webhook.</summary>
internal sealed class SectionCollector(ErrorList errors)
{
    public const string Root = "webhook";

    private const int MaxIdLength = 128;

    private readonly Dictionary<string, WebhookSection> _sections = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unknownRoots = new(StringComparer.Ordinal);
    private readonly HashSet<string> _badIds = new(StringComparer.Ordinal);

    public IReadOnlyCollection<WebhookSection> Sections => _sections.Values;

    public void Add(TomlEntry entry)
    {
        var (root, path) = (entry.Path[0], entry.Path);
        if (root.Name != Root)
        {
            if (_unknownRoots.Add(root.Name))
                errors.Add(root.Position, $"{Shown.Text(root.Name)}: no such section; accepted: [webhook.\"id\"]{Suggest(root.Name)}");
            return;
        }

        if (path.Length == 1)
        {
            if (!entry.IsHeader)
                errors.Add(root.Position, "webhook: not a table; accepted: [webhook.\"id\"]");
            return;
        }

        var id = path[1];
        if (!IsId(id.Name))
        {
            if (_badIds.Add(id.Name))
                errors.Add(id.Position, $"'{Shown.Text(id.Name)}' is not a webhook id; accepted: 1 to {MaxIdLength} characters, no control characters");
            return;
        }

        if (path.Length == 2 && !entry.IsHeader)
        {
            errors.Add(id.Position, $"webhook.\"{Shown.Text(id.Name)}\": not a table; accepted: [webhook.\"{Shown.Text(id.Name)}\"] with its keys below");
            return;
        }

        Add(entry, id);
    }

    private void Add(TomlEntry entry, TomlKey id)
    {
        if (!_sections.TryGetValue(id.Name, out var section))
            _sections.Add(id.Name, section = new WebhookSection(id.Name, id.Position));
        var key = string.Join('.', entry.Path.Skip(2).Select(segment => segment.Name));
        if (section.TryAdd(key, entry))
            return;
        var last = entry.Path[^1];
        errors.Add(last.Position, key.Length == 0
            ? $"webhook.\"{Shown.Text(id.Name)}\": this id stands here for the second time; accepted: one section for each webhook"
            : $"{Shown.Text(key)}: this key stands here for the second time; accepted: once in a webhook");
    }

    private static bool IsId(string name) => name.Length is > 0 and <= MaxIdLength && !name.Any(char.IsControl);

    private static string Suggest(string name) =>
        NearestKey.Of(name, [Root]) is { } near ? $"; did you mean '{near}'?" : "";
}
