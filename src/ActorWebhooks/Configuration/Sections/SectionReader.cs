using ActorWebhooks.Configuration.Toml;
using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Sections;

/// <summary>Sorts the statements of a document into sections.</summary>
internal static class SectionReader
{
    public static List<WebhookSection> Read(DocumentSyntax document, Faults faults)
    {
        var root = new RootTable(faults);
        foreach (var item in document.KeyValues)
            root.AssignPath(KeySegment.Path(item.Key), item.Value);

        foreach (var header in document.Tables)
        {
            var path = KeySegment.Path(header.Name);
            if (path.Count == 0)
                continue;
            if (header is TableArraySyntax)
            {
                root.RefuseArray(path);
                continue;
            }

            if (EnterPath(root, path) is not { } table)
                continue;
            foreach (var item in header.Items)
                table.AssignPath(KeySegment.Path(item.Key), item.Value);
        }

        return root.Webhooks.Sections;
    }

    private static Table? EnterPath(Table root, List<KeySegment> path)
    {
        Table? table = root;
        for (var i = 0; i < path.Count && table is not null; i++)
            table = table.Enter(path[i], i == path.Count - 1 ? Opening.Header : Opening.Implicit);
        return table;
    }
}
