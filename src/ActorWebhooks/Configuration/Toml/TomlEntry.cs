using System.Collections.Immutable;
using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Toml;

/// <summary>
/// A key with its whole path, however it was spelt: by table header, dotted key or inline table. Without a value it is a table
/// header of its own.
/// </summary>
internal readonly record struct TomlEntry(ImmutableArray<TomlKey> Path, ValueSyntax? Value)
{
    public bool IsHeader => Value is null;
}
