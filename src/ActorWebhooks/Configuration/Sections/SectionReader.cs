using ActorWebhooks.Configuration.Toml;
using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Sections;

/// <summary>Sorts the statements of a file into sections.</summary>
internal sealed class SectionReader(Faults faults, Faults warnings, DefinitionReader definitions)
{
    private readonly RootTable _root = new(faults, warnings, definitions);

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<WebhookSection> Sections => _root.Webhooks.Sections;

    /// <param name="document">The file or its next piece, which begins with a header.</param>
    public void Read(DocumentSyntax document)
    {
        foreach (var item in document.KeyValues)
            _root.AssignPath(FlatPath.OfKey(KeySegment.Path(item.Key), item.Value), item.Value);

        foreach (var header in document.Tables)
        {
            var path = KeySegment.Path(header.Name);
            if (path.Count == 0)
                continue;
            if (header is TableArraySyntax)
            {
                _root.RefuseArray(path);
                continue;
            }

            if (EnterPath(_root, FlatPath.OfTable(path)) is not { } table)
                continue;
            foreach (var item in header.Items)
            {
                var key = KeySegment.Path(item.Key);
                table.AssignPath(table is WebhooksTable ? FlatPath.Under(key, item.Value) : key, item.Value);
            }
        }
    }

    private static Table? EnterPath(Table root, List<KeySegment> path)
    {
        Table? table = root;
        for (var i = 0; i < path.Count && table is not null; i++)
            table = table.Enter(path[i], i == path.Count - 1 ? Opening.Header : Opening.Implicit);
        return table;
    }
}
