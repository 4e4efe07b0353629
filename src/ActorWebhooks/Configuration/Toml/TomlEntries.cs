using System.Collections.Immutable;
using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Toml;

/// <summary>Flattens a TOML document into entries, in the order of the text.</summary>
internal static class TomlEntries
{
    public static IEnumerable<TomlEntry> Of(DocumentSyntax document)
    {
        foreach (var keyValue in document.KeyValues)
        {
            foreach (var entry in Of([], keyValue))
                yield return entry;
        }

        foreach (var table in document.Tables)
        {
            var path = TomlKey.Of(table.Name).ToImmutableArray();
            if (path.IsEmpty)
                continue;
            yield return new TomlEntry(path, null);
            foreach (var keyValue in table.Items)
            {
                foreach (var entry in Of(path, keyValue))
                    yield return entry;
            }
        }
    }

    private static IEnumerable<TomlEntry> Of(ImmutableArray<TomlKey> table, KeyValueSyntax keyValue)
    {
        var path = table.AddRange(TomlKey.Of(keyValue.Key));
        if (path.Length == table.Length || keyValue.Value is not { } value)
            yield break; // A syntax error, reported as such.
        if (value is not InlineTableSyntax inline)
        {
            yield return new TomlEntry(path, value);
            yield break;
        }

        yield return new TomlEntry(path, null);
        foreach (var item in inline.Items)
        {
            if (item.KeyValue is not { } inner)
                continue;
            foreach (var entry in Of(path, inner))
                yield return entry;
        }
    }
}
