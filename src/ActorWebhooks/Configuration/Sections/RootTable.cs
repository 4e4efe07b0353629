using ActorWebhooks.Configuration.Keys;
using ActorWebhooks.Configuration.Toml;
using ActorWebhooks.Configuration.Values;
using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Sections;

/// <summary>The top of the file, which knows nothing but <c>webhook</c>.</summary>
internal sealed class RootTable(Faults faults, Faults warnings, DefinitionReader definitions) : Table
{
    public const string Name = "webhook";

    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);

    public WebhooksTable Webhooks { get; } = new(faults, definitions);

    public override Table? Enter(KeySegment name, Opening how)
    {
        if (name.Name != Name)
        {
            RefuseUnknown(name);
            return null;
        }

        if (Webhooks.TryOpen(how, name.At))
            return Webhooks;
        faults.Add(name.At, $"{Name} is defined twice, first on line {Webhooks.At.Line}; merge the two");
        return how == Opening.Header ? Webhooks : null;
    }

    public override void Assign(KeySegment name, ValueSyntax value)
    {
        if (value is InlineTableSyntax inline)
            AssignInline(name, inline);
        else if (name.Name != Name)
            RefuseUnknown(name);
        else
            faults.Add(name.At, $"{Name} is not a table; accepted: {WebhooksTable.Accepted}");
    }

    /// <summary>An array of tables is never right here.</summary>
    public void RefuseArray(List<KeySegment> path)
    {
        if (path[0].Name == Name)
            faults.Add(path[0].At, $"[[{Name}]] is an array of tables; accepted: {WebhooksTable.Accepted}");
        else
            RefuseUnknown(path[0]);
    }

    private void RefuseUnknown(KeySegment name)
    {
        var isOfStalwart = StalwartSections.Contain(name.Name, out var section);
        if (!_unknown.Add(section))
            return;
        if (isOfStalwart)
            warnings.Add(name.At, $"{Quoted.Show(section)} is a setting of Stalwart's that is not read here; this file needs its [{Name}.\"id\"] sections only");
        else
            faults.Add(name.At, $"unknown key {Quoted.Show(name.Name)}; {Suggest(name.Name)}");
    }

    private static string Suggest(string name) => NearestKey.Find(name, [Name]) is null
        ? $"this file holds [{Name}.\"id\"] sections only; copy them out of a larger file into one of their own"
        : NearestKey.Suggest(name, [Name]);
}
