using ActorWebhooks.Configuration.Keys;
using ActorWebhooks.Configuration.Toml;
using ActorWebhooks.Configuration.Values;
using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Sections;

/// <summary>The keys of one webhook, wherever in the file and in whatever spelling they stand.</summary>
internal sealed class WebhookSection(KeySegment id, Faults faults, DefinitionReader definitions) : Table
{
    private Dictionary<string, Table>? _tables;

    private HashSet<string>? _unknown;

    private HashSet<string>? _meant;

    public string Id => id.Name;

    /// <summary>What the known keys came to.</summary>
    public WebhookDraft Draft { get; } = new(id.Name);

    public override Table? Enter(KeySegment name, Opening how)
    {
        var list = WebhookKeys.Find(name.Name) is { ReadElement: not null } key ? key : null;
        if (list is null && !WebhookKeys.IsTable(name.Name))
        {
            RefuseTable(name);
            return null;
        }

        _tables ??= new Dictionary<string, Table>(StringComparer.Ordinal);
        if (!_tables.TryGetValue(name.Name, out var table))
        {
            if (list is not null && Draft.Find(list.Name) is { } given)
            {
                faults.Add(name.At, $"{list.Name} is given twice, first on line {given.At.Line}; remove one of them");
                return null;
            }

            _tables[name.Name] = table = list is null ? new KeyTable(name.Name, this) : new ListTable(list, this);
        }

        if (table.TryOpen(how, name.At))
            return table;
        faults.Add(name.At, $"{name.Name} is defined twice, first on line {table.At.Line}; merge the two");
        return null;
    }

    public override void Assign(KeySegment name, ValueSyntax value)
    {
        if (WebhookKeys.IsTable(name.Name) && value is InlineTableSyntax inline)
            AssignInline(name, inline);
        else
            Add(name.Name, name.At, value);
    }

    public void Add(string key, Position at, ValueSyntax value)
    {
        if (WebhookKeys.IsTable(key))
            faults.Add(at, $"{key} is not a table; accepted: {KeysUnder(key)}");
        else if (WebhookKeys.Find(key) is not { } known)
            RefuseUnknown(key, at);
        else if (Draft.Find(key) is { } first)
            faults.Add(at, $"{key} is given twice, first on line {first.At.Line}; remove one of them");
        else
            definitions.Read(known, at, value, Draft);
    }

    public void AddElement(WebhookKey key, Position at, ValueSyntax value) => definitions.ReadElement(key, at, value, Draft);

    public void RefuseTwice(string key, Position at) => faults.Add(at, $"{key} is given twice; remove one of them");

    public void RefuseUnknown(string key, Position at)
    {
        _unknown ??= new HashSet<string>(StringComparer.Ordinal);
        if (!_unknown.Add(key))
            return;
        if (NearestKey.Find(key, WebhookKeys.Names) is { } meant)
            (_meant ??= new HashSet<string>(StringComparer.Ordinal)).Add(meant);
        faults.Add(at, $"unknown key {Quoted.Show(key)}; {NearestKey.Suggest(key, WebhookKeys.Names)}");
    }

    /// <summary>A key that takes a value but is used as a table. It counts as given.</summary>
    public void RefuseTable(KeySegment name, string prefix = "")
    {
        var key = prefix + name.Name;
        if (WebhookKeys.Find(key) is not { } known)
        {
            RefuseUnknown(key, name.At);
            return;
        }

        _unknown ??= new HashSet<string>(StringComparer.Ordinal);
        if (_unknown.Add(key))
            faults.Add(name.At, $"{key}: found a table; accepted: {known.Accepted}");
    }

    /// <summary>Whether it is there in some form, be it a wrong or a misspelt one, which is reported already.</summary>
    public bool Mentions(string key) =>
        Draft.Find(key) is not null || (_unknown?.Contains(key) ?? false) || (_meant?.Contains(key) ?? false);

    private static string KeysUnder(string table) =>
        string.Join(", ", WebhookKeys.Names.Where(name => name.StartsWith(table + ".", StringComparison.Ordinal)));
}
