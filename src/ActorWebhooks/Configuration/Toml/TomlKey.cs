using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Toml;

/// <summary>One segment of a key, and where it stands.</summary>
internal readonly record struct TomlKey(string Name, TextPosition Position)
{
    public static IEnumerable<TomlKey> Of(KeySyntax? key)
    {
        if (key?.Key is not { } first)
            yield break;
        yield return new TomlKey(NameOf(first), first.Span.Start);
        foreach (var dotted in key.DotKeys)
        {
            if (dotted.Key is { } next)
                yield return new TomlKey(NameOf(next), next.Span.Start);
        }
    }

    private static string NameOf(BareKeyOrStringValueSyntax key) => key switch
    {
        StringValueSyntax text => text.Value ?? "",
        BareKeySyntax bare => bare.Key?.Text ?? "",
        _ => "",
    };
}
