using ActorWebhooks.Configuration.Keys;
using ActorWebhooks.Configuration.Toml;
using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Sections;

/// <summary>
/// Paths as Stalwart reads them: it knows no tables, just keys such as <c>webhook.my.id.auth.token</c>, in quotes or not, where the id is
/// what stands between the first part and a key that it knows.
/// </summary>
internal static class FlatPath
{
    private const string Prefix = RootTable.Name + ".";

    /// <summary>The path of a key at the top of the file: <c>webhook</c>, the id, and the key in one or two parts.</summary>
    public static List<KeySegment> OfKey(List<KeySegment> path, ValueSyntax? value)
    {
        if (path.Count == 0)
            return path;
        if (path[0].Name == RootTable.Name && path.Count > 1)
            return [path[0], .. Under(path[1..], value)];
        return path[0].Name.StartsWith(Prefix, StringComparison.Ordinal)
            ? [path[0] with { Name = RootTable.Name }, .. Under([path[0] with { Name = path[0].Name[Prefix.Length..] }, .. path[1..]], value)]
            : path;
    }

    /// <summary>The path of a key below <c>webhook</c>.</summary>
    public static List<KeySegment> Under(List<KeySegment> path, ValueSyntax? value)
    {
        // A path with an id and a key, as TOML has it, stays what it is.
        if (path.Count == 0 || (path.Count > 1 && (IsKey(path, 1) || IsNearKey(path[1].Name))))
            return path;
        var flat = string.Join('.', path.Select(segment => segment.Name));
        return Split(flat, value is InlineTableSyntax) is var (id, key)
            ? [path[0] with { Name = id }, .. key.Select(name => path[^1] with { Name = name })]
            : path;
    }

    /// <summary>The path of a section's header: <c>webhook</c>, the id, and a table of keys if it is one.</summary>
    public static List<KeySegment> OfTable(List<KeySegment> path)
    {
        if (path[0].Name.StartsWith(Prefix, StringComparison.Ordinal))
            path = [path[0] with { Name = RootTable.Name }, path[0] with { Name = path[0].Name[Prefix.Length..] }, .. path[1..]];
        else if (path[0].Name != RootTable.Name || path.Count < 3 || IsKey(path, 2) || IsNearKey(path[2].Name))
            return path;
        var flat = string.Join('.', path.Skip(1).Select(segment => segment.Name));
        return Split(flat, isTable: true) is var (id, key)
            ? [path[0], path[1] with { Name = id }, .. key.Select(name => path[^1] with { Name = name })]
            : [path[0], path[1] with { Name = flat }];
    }

    private static bool IsKey(List<KeySegment> path, int from) =>
        path.Count - from <= 2 && IsTableOrKey(path[from].Name, path.Count - from == 1 ? null : path[from + 1].Name);

    private static bool IsTableOrKey(string first, string? second) => second is null
        ? WebhookKeys.Find(first) is not null || WebhookKeys.IsTable(first)
        : WebhookKeys.IsTable(first) || WebhookKeys.Find(first) is not null;

    // What is misspelt is told as that, and is no part of an id.
    private static bool IsNearKey(string name) => NearestKey.Find(name, WebhookKeys.NamesAndTables) is not null;

    /// <summary>Null when it ends in no key and no table of keys.</summary>
    private static (string Id, string[] Key)? Split(string flat, bool isTable)
    {
        var parts = flat.Split('.');
        for (var count = Math.Min(2, parts.Length - 1); count > 0; count--)
        {
            var key = parts[^count..];
            var isKey = isTable
                ? count == 1 && (WebhookKeys.IsTable(key[0]) || IsList(key[0]))
                : WebhookKeys.Find(string.Join('.', key)) is not null || (count == 2 && IsList(key[0]) && ListTable.IsIndex(key[1]));
            if (isKey)
                return (string.Join('.', parts[..^count]), key);
        }

        return null;
    }

    private static bool IsList(string name) => WebhookKeys.Find(name) is { ReadElement: not null };
}
