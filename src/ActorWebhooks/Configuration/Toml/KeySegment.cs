using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Toml;

/// <summary>One part of a dotted key.</summary>
internal readonly record struct KeySegment(string Name, Position At)
{
    public static List<KeySegment> Path(KeySyntax? key)
    {
        var path = new List<KeySegment>(2);
        if (key is null)
            return path;
        Append(path, key.Key);
        foreach (var item in key.DotKeys)
            Append(path, item.Key);
        return path;
    }

    private static void Append(List<KeySegment> path, BareKeyOrStringValueSyntax? key)
    {
        var name = key is StringValueSyntax quoted ? quoted.Value : (key as BareKeySyntax)?.Key?.Text;
        if (key is not null && name is not null)
            path.Add(new KeySegment(name, Position.Of(key)));
    }
}
